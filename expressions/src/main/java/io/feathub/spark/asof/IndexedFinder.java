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
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Looks left rows up in an index, in whatever order they come. A left row with a null in its keys
 * or a null time has no match; a right row that fails the residual condition makes room for the
 * next best.
 */
final class IndexedFinder implements RightRowFinder {
  private final AsOfIndex.Prober prober;
  private final TimeReader leftTime;
  private final UnsafeProjection keyOf;
  private final BasePredicate pairTest;
  private final JoinedRow pair = new JoinedRow();

  /**
   * @param pairTest the residual condition on left and kept right columns
   */
  IndexedFinder(AsOfIndex.Prober prober, UnsafeProjection keyOf, BasePredicate pairTest) {
    this.prober = prober;
    this.leftTime = prober.leftTime();
    this.keyOf = keyOf;
    this.pairTest = pairTest;
  }

  @Override
  public UnsafeRow find(InternalRow leftRow) {
    UnsafeRow right = best(leftRow);
    while (right != null && !pairTest.eval(pair.apply(leftRow, right))) {
      right = prober.nextBest();
    }
    return right;
  }

  @Override
  public boolean isExpired() {
    return prober.isExpired();
  }

  private UnsafeRow best(InternalRow leftRow) {
    if (leftTime.isNull(leftRow)) {
      return prober.none();
    }
    UnsafeRow key = keyOf.apply(leftRow);
    return key.anyNull() ? prober.none() : prober.best(key, leftTime.read(leftRow));
  }
}
