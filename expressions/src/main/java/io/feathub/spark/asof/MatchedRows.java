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

/**
 * Left rows one after another, each with the right row that was found for it; for one thread.
 * Public for generated code.
 */
public interface MatchedRows {

  /** Goes on to the next left row; false if there is none. */
  boolean advance();

  /** The left row, valid until the next one. */
  InternalRow left();

  /** Its match, valid as long, or null: the kept columns, maybe more behind them. */
  UnsafeRow match();

  /** Whether it has no match only because the next best is too far away in time. */
  boolean isExpired();
}
