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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Rows in the order of their keys and, within a key, of the ORDER BY, with the borders between keys
 * and between peer groups. A row belongs to this and is valid until the next one.
 */
abstract class BorderedRows {

  /** Moves to the next row; false if there is none. */
  abstract boolean advance();

  abstract UnsafeRow row();

  /** Whether the row is the first one of its key. */
  abstract boolean startsKey();

  /** Whether the row is the first one of its peer group. */
  abstract boolean startsPeers();

  /** Whether the row is the last one of its key. */
  abstract boolean endsKey();

  /** Whether the row is the last one of its peer group. */
  abstract boolean endsPeers();
}
