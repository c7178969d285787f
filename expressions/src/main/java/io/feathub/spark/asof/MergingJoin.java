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

import io.feathub.spark.bucketsort.BucketTimeSorter;
import io.feathub.spark.bucketsort.TimeOrder;
import io.feathub.spark.interop.CatalystExpressions;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sorts both sides by (hash bucket of the key, time), spilling as Spark's sorts do, and merges
 * them. What stays in memory is the last right row of each key of one bucket.
 *
 * <p>It looks back. To look ahead it reads times in reverse order.
 */
final class MergingJoin {
  private final AsOfProbe probe;
  private final RightSide rightSide;
  private final RightRecords records;
  private final boolean mirrored;
  private final BucketTimeSorter.Options options;

  MergingJoin(AsOfProbe probe, RightSide rightSide, boolean radixSort) {
    this.probe = probe;
    this.rightSide = rightSide;
    this.records = RightRecords.of(rightSide);
    this.mirrored = probe.matching().direction() == AsOfMatching.Direction.FORWARD;
    this.options = new BucketTimeSorter.Options(pageBytes(), radixSort);
  }

  /** What it needs of a task's memory: a page for each side. */
  static long leastBytes() {
    return 2 * pageBytes();
  }

  private static long pageBytes() {
    return SparkEnv.get().memoryManager().pageSizeBytes();
  }

  /**
   * The left rows, in no particular order, with their matches.
   *
   * @param collected right rows that came already
   * @param rows the others, from the one that they are at
   */
  MatchedRows match(
      Iterator<InternalRow> left, AsOfIndexBuilder collected, RightRows rows, MemoryBudget budget) {
    TaskMetrics task = TaskContext.get().taskMetrics();
    long spilledBefore = task.memoryBytesSpilled();
    RowIterator sortedRight = sortedRight(collected, rows);
    RowIterator sortedLeft = sortedLeft(left);
    probe.metrics().addMerge(task.memoryBytesSpilled() - spilledBefore);
    MergedMatches matches =
        new MergedMatches(
            sortedRight,
            records.newReader(mirrored),
            new TieOrder(records.types(), rightSide.storedTieBreak(), rightSide.emitted()),
            probe.matching().allowExactMatches(),
            budget,
            probe.metrics(),
            records.types().size());
    EncodedDistance distance =
        new EncodedDistance(probe.leftTime().encoded(), probe.matching().tolerance());
    return new FoundRows(
        new RowsOf(sortedLeft),
        new MergedFinder(matches, probe.newLeftReader(mirrored), distance, mirrored));
  }

  private RowIterator sortedRight(AsOfIndexBuilder collected, RightRows rows) {
    BucketTimeSorter sorter =
        new BucketTimeSorter(
            () -> records.newReader(mirrored),
            new TimeOrder(true),
            records.schema(),
            CatalystExpressions.orderingBy(records.timeOrdinal(), DataTypes.LongType, mirrored),
            options);
    RightRecords.Writer writer = records.newWriter();
    collected.drain((key, time, stored) -> sorter.insert(writer.record(stored, key, time)));
    for (boolean atRow = rows.atRow() || rows.advance(); atRow; atRow = rows.advance()) {
      sorter.insert(writer.record(rows.stored(), rows.key(), rows.time()));
    }
    return sorter.sorted();
  }

  private RowIterator sortedLeft(Iterator<InternalRow> left) {
    BucketTimeSorter sorter = probe.leftSorter(mirrored, options);
    Function<InternalRow, UnsafeRow> toUnsafe = probe.toUnsafe();
    while (left.hasNext()) {
      sorter.insert(toUnsafe.apply(left.next()));
    }
    return sorter.sorted();
  }

  /** Sorted rows as another iterator. */
  private static final class RowsOf implements Iterator<InternalRow> {
    private final RowIterator rows;
    private boolean looked;
    private boolean atRow;

    RowsOf(RowIterator rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!looked) {
        atRow = rows.advanceNext();
        looked = true;
      }
      return atRow;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      looked = false;
      return rows.getRow();
    }
  }
}
