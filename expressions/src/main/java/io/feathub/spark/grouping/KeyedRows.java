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
package io.feathub.spark.grouping;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows key by key, each key's rows in their order. */
public interface KeyedRows {
  /** Moves to the next row; false if there is none, and then all memory and files are free. */
  boolean advanceNext();

  /** The row; valid until the next one, and the object is used again. */
  UnsafeRow row();

  /** Whether the row is the first one of its key. */
  boolean atNewKey();
}
