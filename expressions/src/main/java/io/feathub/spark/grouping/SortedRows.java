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

import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows of one bucket, key by key, those of each key in their order. */
interface SortedRows extends Closeable {
  /** Moves to the next row, if there is one. */
  boolean advance() throws IOException;

  /** The row; valid until the next one, and reused. */
  UnsafeRow row();

  /** The hash of the row's key. */
  int hash();

  /** Whether the row is the first of its key. */
  boolean atNewKey();

  @Override
  void close() throws IOException;
}
