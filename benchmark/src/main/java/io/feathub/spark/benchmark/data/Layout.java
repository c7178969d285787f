/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.feathub.spark.benchmark.data;

/** In which files the rows of a table are, and in which order. */
public enum Layout {
  /** In any file, in no order. */
  SCATTERED,

  /**
   * Those of a user in one file, each file sorted by user and time: the buckets of a table of
   * Spark's that is bucketed by user.
   */
  BY_USER_AND_TIME
}
