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

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One task's part of an as-of join of two shuffled sides. It indexes its right rows and looks the
 * left ones up. When the memory for that is not to be had, it goes over to {@link MergingJoin}, or
 * to {@link BlockwiseJoin} for what cannot be merged, and where there is no memory to begin sorts
 * either; both spill. Where both sides come by keys and time already, it only keeps the last few
 * right rows.
 *
 * @param keyOrder in which both sides come; null if they do not
 * @param canMerge whether both sides may be sorted and merged
 * @param mergesAtOnce whether they are, without trying to index
 */
record PartitionAsOfJoin(
    AsOfProbe probe,
    RightSide rightSide,
    KeyOrder keyOrder,
    boolean canMerge,
    boolean mergesAtOnce,
    boolean radixSort)
    implements Serializable {

  /** The joined rows; each is valid until the next one. */
  Iterator<InternalRow> join(Iterator<InternalRow> left, Iterator<InternalRow> right) {
    return probe.join(match(left, right));
  }

  /** The same for who joins them himself: an iterator over one element. */
  Iterator<MatchedRows> matchedRows(Iterator<InternalRow> left, Iterator<InternalRow> right) {
    return List.of(match(left, right)).iterator();
  }

  private MatchedRows match(Iterator<InternalRow> left, Iterator<InternalRow> right) {
    RightRows rows = rightSide.rows(right);
    if (keyOrder != null) {
      return keyOrdered(left, rows);
    }
    MemoryBudget budget = MemoryBudget.ofTask(TaskContext.get());
    return new BudgetedRows(match(left, rows, budget), budget);
  }

  private MatchedRows match(Iterator<InternalRow> left, RightRows rows, MemoryBudget budget) {
    AsOfIndexBuilder builder = new AsOfIndexBuilder(rightSide, budget);
    // Sorts need a little to begin with: that has to be there when the index gets no more.
    MemoryBudget headroom = MemoryBudget.ofSorts(TaskContext.get());
    boolean merges = canMerge && headroom.tryReserve(MergingJoin.leastBytes());
    boolean complete = !(merges && mergesAtOnce) && builder.addThoseThatFit(rows);
    headroom.releaseAll();
    if (complete) {
      AsOfIndex index = builder.build();
      probe.metrics().addIndex(index);
      return probe.lookUp(left, index);
    }
    return merges
        ? merging().match(left, builder, rows, budget)
        : new BlockwiseJoin(probe, rightSide, budget).match(left, builder, rows);
  }

  private MatchedRows keyOrdered(Iterator<InternalRow> left, RightRows rows) {
    return new FoundRows(
        left,
        new KeyOrderedFinder(
            rows,
            keyOrder.comparator(),
            rightSide.tieOrder(),
            probe,
            rightSide.storedTypes().size()));
  }

  private MergingJoin merging() {
    return new MergingJoin(probe, rightSide, radixSort);
  }
}
