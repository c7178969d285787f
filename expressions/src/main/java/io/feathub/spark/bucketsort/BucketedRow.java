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
package io.feathub.spark.bucketsort;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Reads of a row what it is sorted by; valid until the next row. */
public interface BucketedRow {

  /** Moves to a row. */
  void load(UnsafeRow row);

  /** The hash bucket of the row's key, see {@link BucketAndTime#bucket}. */
  int bucket();

  /** Whether the row's time is null. */
  boolean untimed();

  /** The row's time; 0 if it is null. */
  long time();
}
