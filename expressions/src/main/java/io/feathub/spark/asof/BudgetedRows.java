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
 * Gives the memory that finding rows took back behind the last one, and holds on to nothing then: a
 * task may go on with another partition.
 */
final class BudgetedRows implements MatchedRows {
  private final MemoryBudget budget;
  private MatchedRows rows;

  BudgetedRows(MatchedRows rows, MemoryBudget budget) {
    this.rows = rows;
    this.budget = budget;
  }

  @Override
  public boolean advance() {
    if (rows == null) {
      return false;
    }
    if (rows.advance()) {
      return true;
    }
    rows = null;
    budget.releaseAll();
    return false;
  }

  @Override
  public InternalRow left() {
    return rows.left();
  }

  @Override
  public UnsafeRow match() {
    return rows.match();
  }

  @Override
  public boolean isExpired() {
    return rows.isExpired();
  }
}
