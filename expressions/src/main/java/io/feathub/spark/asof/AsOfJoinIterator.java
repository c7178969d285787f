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
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The as-of join's loop: for each left row, in their order, look up its right row and emit the two
 * side by side. A left row with a null in its keys, a null time or no right row in reach comes out
 * padded with nulls, or not at all in an INNER join.
 *
 * <p>The row returned is reused: whoever keeps it copies it.
 */
final class AsOfJoinIterator implements Iterator<InternalRow> {
  private final Iterator<InternalRow> left;
  private final AsOfIndex.Prober prober;
  private final UnsafeProjection keyOf;
  private final UnsafeProjection toOutput;
  private final AsOfProbe probe;
  private final InternalRow nullRight;
  private final JoinedRow joined = new JoinedRow();
  private InternalRow next;

  AsOfJoinIterator(
      Iterator<InternalRow> left,
      AsOfIndex.Prober prober,
      UnsafeProjection keyOf,
      UnsafeProjection toOutput,
      AsOfProbe probe) {
    this.left = left;
    this.prober = prober;
    this.keyOf = keyOf;
    this.toOutput = toOutput;
    this.probe = probe;
    this.nullRight = new GenericInternalRow(probe.rightTypes().size());
  }

  @Override
  public boolean hasNext() {
    while (next == null && left.hasNext()) {
      next = join(left.next());
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
    probe.outputRows().add(1);
    return row;
  }

  /** The output row of a left row, or null when it has none. */
  private InternalRow join(InternalRow leftRow) {
    UnsafeRow right = find(leftRow);
    if (right != null) {
      probe.matched().add(1);
      return toOutput.apply(joined.apply(leftRow, right));
    }
    probe.unmatched().add(1);
    return probe.keepUnmatched() ? toOutput.apply(joined.apply(leftRow, nullRight)) : null;
  }

  private UnsafeRow find(InternalRow leftRow) {
    if (probe.leftTime().isNull(leftRow)) {
      return null;
    }
    UnsafeRow key = keyOf.apply(leftRow);
    return key.anyNull() ? null : prober.find(key, probe.leftTime().read(leftRow));
  }
}
