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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/**
 * Numbers the times of right rows in their order, where they do not fit in a long. They are
 * compared, n log n times; the memory for that is asked for as the rows come.
 */
final class TimeRanking {
  /** Positions as objects, with room to move them, and a copy of the time. */
  private static final long BYTES_PER_ROW = 24 + RankedTimes.OBJECT_BYTES;

  private final int ordinal;
  private final DataType type;
  private final int fields;
  private final MemoryBudget budget;
  private long reserved;

  /**
   * @param ordinal of the time among the columns of a stored row
   * @param fields of a stored row
   */
  TimeRanking(int ordinal, DataType type, int fields, MemoryBudget budget) {
    this.ordinal = ordinal;
    this.type = type;
    this.fields = fields;
    this.budget = budget;
  }

  /** Gives the stored row of a position; the row that is passed may be used for it. */
  interface StoredRows {
    UnsafeRow read(int position, UnsafeRow reused);
  }

  /** Asks for what ranking one more row will take. */
  void reserveFor(UnsafeRow stored) {
    // What is kept are copies of times, which are no larger than the rows that have them.
    long bytes = BYTES_PER_ROW + stored.getSizeInBytes();
    budget.reserve(bytes);
    reserved += bytes;
  }

  /**
   * Ranks the times of rows, and gives back the memory that the ranks do not keep.
   *
   * @param ranks gets that of each row
   */
  RankedTimes rank(int size, StoredRows rows, long[] ranks) {
    BaseOrdering ordering = RankedTimes.ordering(ordinal, type);
    UnsafeProjection alone = RankedTimes.alone(ordinal, type);
    UnsafeRow one = new UnsafeRow(fields);
    UnsafeRow other = new UnsafeRow(fields);
    Integer[] byTime = new Integer[size];
    Arrays.setAll(byTime, position -> position);
    Arrays.sort(
        byTime,
        (first, second) -> ordering.compare(rows.read(first, one), rows.read(second, other)));
    List<UnsafeRow> distinct = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      UnsafeRow row = rows.read(byTime[i], one);
      if (i == 0 || ordering.compare(rows.read(byTime[i - 1], other), row) != 0) {
        UnsafeRow time = alone.apply(row).copy();
        reserved -= time.getSizeInBytes() + RankedTimes.OBJECT_BYTES;
        distinct.add(time);
      }
      ranks[byTime[i]] = 2L * (distinct.size() - 1);
    }
    budget.release(reserved);
    return new RankedTimes(type, distinct);
  }
}
