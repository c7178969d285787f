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
package io.feathub.spark.asof;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Finds the right row of a left row; for one thread. */
interface RightRowFinder {

  /**
   * The match, valid until the next call, or null: the kept columns, and maybe more behind them.
   */
  UnsafeRow find(InternalRow leftRow);

  /** Whether the last call found nothing only because the next best is too far away in time. */
  boolean isExpired();
}
