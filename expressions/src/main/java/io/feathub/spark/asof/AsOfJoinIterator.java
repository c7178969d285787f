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

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The as-of join's loop: for each left row and its match, emit the two side by side, or what else
 * the kind of join gives.
 *
 * <p>The row returned is reused: whoever keeps it copies it.
 */
final class AsOfJoinIterator implements Iterator<InternalRow> {
  private final MatchedRows rows;
  private final UnsafeProjection toOutput;
  private final AsOfOutcome outcome;
  private final AsOfMetrics metrics;
  private final InternalRow nullRight;
  private final JoinedRow pair = new JoinedRow();
  private InternalRow next;

  /**
   * @param toOutput makes an output row of a left row and kept right columns
   * @param nullRight nulls for those
   */
  AsOfJoinIterator(
      MatchedRows rows,
      UnsafeProjection toOutput,
      InternalRow nullRight,
      AsOfOutcome outcome,
      AsOfMetrics metrics) {
    this.rows = rows;
    this.toOutput = toOutput;
    this.outcome = outcome;
    this.metrics = metrics;
    this.nullRight = nullRight;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.advance()) {
      next = join(rows.left(), rows.match());
    }
    return next != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow row = next;
    next = null;
    metrics.outputRows().add(1);
    return row;
  }

  /** The output row of a left row, or null when it has none. */
  private InternalRow join(InternalRow left, UnsafeRow right) {
    if (right != null) {
      metrics.matched().add(1);
      return outcome.matched() ? toOutput.apply(pair.apply(left, right)) : null;
    }
    metrics.unmatched().add(1);
    if (rows.isExpired()) {
      metrics.expired().add(1);
    }
    return outcome.unmatched() ? toOutput.apply(pair.apply(left, nullRight)) : null;
  }
}
