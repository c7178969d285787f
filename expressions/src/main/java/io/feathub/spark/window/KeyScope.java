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
package io.feathub.spark.window;

/**
 * The keys whose rows come together in the order of time: one key, or those of a hash bucket. State
 * is held for these only.
 */
sealed interface KeyScope permits SingleKeyScope, HashBucketScope {
  /** Whether the row that the reader is at belongs to the current scope. */
  boolean contains(RowReader row);

  /** Leaves the current scope, whose state is dropped, for that of the row. */
  void enter(RowReader row);

  /** The state of a row's key, which is in the current scope. */
  KeyState state(RowReader row);
}
