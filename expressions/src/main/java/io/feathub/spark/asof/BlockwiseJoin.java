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
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Indexes as many right rows as memory holds, looks all left rows up, and goes on with the next
 * right rows, while each left row keeps the best match so far. Left rows wait on disk, in their
 * order.
 *
 * <p>Takes a pass over the left rows for each block of right rows, and works for every meaning of
 * an as-of join: the best of all matches is the best of one block.
 */
final class BlockwiseJoin {
  private final AsOfProbe probe;
  private final RightSide rightSide;
  private final MemoryBudget budget;
  private final MatchPreference preference;

  BlockwiseJoin(AsOfProbe probe, RightSide rightSide, MemoryBudget budget) {
    this.probe = probe;
    this.rightSide = rightSide;
    this.budget = budget;
    this.preference = MatchPreference.of(probe, rightSide);
  }

  /**
   * The left rows in their order, with their matches.
   *
   * @param collected the first block
   * @param rows at the first row that did not fit
   */
  MatchedRows match(Iterator<InternalRow> left, AsOfIndexBuilder collected, RightRows rows) {
    WaitingRows waiting = newWaitingRows();
    lookUp(new Unmatched(left), collected.build(), waiting);
    int blocks = 1;
    while (rows.atRow()) {
      WaitingRows after = newWaitingRows();
      lookUp(read(waiting), nextBlock(rows).build(), after);
      waiting.clear();
      waiting = after;
      blocks++;
    }
    budget.releaseAll();
    probe.metrics().blocks().add(blocks);
    return new Resolved(read(waiting));
  }

  private Iterator<WaitingRows.Waiting> read(WaitingRows waiting) {
    Iterator<WaitingRows.Waiting> rows = waiting.read();
    probe.metrics().spillSize().add(waiting.bytesWritten());
    TaskContext.get().taskMetrics().incDiskBytesSpilled(waiting.bytesWritten());
    return rows;
  }

  private WaitingRows newWaitingRows() {
    return new WaitingRows(probe.leftTypes(), rightSide.storedTypes());
  }

  private AsOfIndexBuilder nextBlock(RightRows rows) {
    budget.releaseAll();
    AsOfIndexBuilder builder = new AsOfIndexBuilder(rightSide, budget);
    if (!builder.addThoseThatFit(rows) && builder.size() == 0) {
      throw AsOfErrors.outOfMemory(rows.stored().getSizeInBytes());
    }
    return builder;
  }

  private void lookUp(Iterator<WaitingRows.Waiting> left, AsOfIndex index, WaitingRows after) {
    probe.metrics().addIndex(index);
    AsOfIndex.Prober prober = index.prober(probe.matching(), probe.leftTime());
    LookUpGroup group = probe.group(prober);
    Function<InternalRow, UnsafeRow> toUnsafe = probe.toUnsafe();
    while (left.hasNext()) {
      WaitingRows.Waiting row = left.next();
      MatchPreference.Match best = row.match();
      UnsafeRow found = group.only(toUnsafe.apply(row.left()));
      if (found != null) {
        MatchPreference.Match match = new MatchPreference.Match(found, prober.time());
        if (best == null || preference.prefers(row.left(), match, best)) {
          best = match;
        }
      }
      after.add(row.left(), best, row.expired() || group.isExpired());
    }
    probe.metrics().pairsAvoided().add(prober.pairsAvoided().count());
  }

  /** Left rows that no right row was looked up for yet. */
  private static final class Unmatched implements Iterator<WaitingRows.Waiting> {
    private final Iterator<InternalRow> left;

    Unmatched(Iterator<InternalRow> left) {
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left.hasNext();
    }

    @Override
    public WaitingRows.Waiting next() {
      return new WaitingRows.Waiting(left.next(), null, false);
    }
  }

  /** Left rows, and the matches that were found for them. */
  private static final class Resolved implements MatchedRows {
    private final Iterator<WaitingRows.Waiting> rows;
    private WaitingRows.Waiting current;

    Resolved(Iterator<WaitingRows.Waiting> rows) {
      this.rows = rows;
    }

    @Override
    public boolean advance() {
      if (!rows.hasNext()) {
        return false;
      }
      current = rows.next();
      return true;
    }

    @Override
    public InternalRow left() {
      return current.left();
    }

    @Override
    public UnsafeRow match() {
      return current.match() == null ? null : current.match().row();
    }

    @Override
    public boolean isExpired() {
      return current.match() == null && current.expired();
    }
  }
}
