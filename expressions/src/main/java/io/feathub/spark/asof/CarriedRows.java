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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/**
 * Where right rows are divided into ranges of time, the best match of a left row may be in another
 * range: when looking back it is the last row of the nearest earlier range that has any, when
 * looking ahead the first row of the nearest later one. These rows are added to each range, in
 * which they are beaten by whatever is closer.
 */
final class CarriedRows {
  private final RightSide side;
  private final int rangeColumn;
  private final TieOrder tieOrder;
  private final UnsafeProjection toUnsafe;
  private final TreeMap<Integer, Ends> endsOfRange = new TreeMap<>();

  private CarriedRows(RightSide side) {
    this.side = side;
    this.rangeColumn = side.keys().get(0);
    this.tieOrder = side.tieOrder();
    this.toUnsafe = UnsafeProjection.create(side.types().toArray(new DataType[0]));
  }

  /**
   * The rows to add to each partition of the right side, whose only key is the range. Runs a job
   * that reads the right side.
   */
  static List<InternalRow> of(
      JavaRDD<InternalRow> right, RightSide side, AsOfMatching matching, int ranges) {
    List<InternalRow> ends =
        right.mapPartitions(rows -> new CarriedRows(side).addAll(rows).ends()).collect();
    return new CarriedRows(side).addAll(ends.iterator()).carried(matching, ranges);
  }

  private CarriedRows addAll(Iterator<InternalRow> rows) {
    RightRows right = side.rows(rows);
    while (right.advance()) {
      endsOfRange.computeIfAbsent(right.key().getInt(0), range -> new Ends()).add(right);
    }
    return this;
  }

  private Iterator<InternalRow> ends() {
    List<InternalRow> rows = new ArrayList<>();
    for (Ends ends : endsOfRange.values()) {
      rows.add(ends.first.row);
      rows.add(ends.last.row);
    }
    return rows.iterator();
  }

  private List<InternalRow> carried(AsOfMatching matching, int ranges) {
    boolean looksBack = matching.direction() != AsOfMatching.Direction.FORWARD;
    boolean looksAhead = matching.direction() != AsOfMatching.Direction.BACKWARD;
    List<InternalRow> carried = new ArrayList<>();
    for (int range = 0; range < ranges; range++) {
      Map.Entry<Integer, Ends> earlier = endsOfRange.lowerEntry(range);
      if (looksBack && earlier != null) {
        carried.add(inRange(range, earlier.getValue().last.row));
      }
      Map.Entry<Integer, Ends> later = endsOfRange.higherEntry(range);
      if (looksAhead && later != null) {
        carried.add(inRange(range, later.getValue().first.row));
      }
    }
    return carried;
  }

  private InternalRow inRange(int range, UnsafeRow row) {
    UnsafeRow carried = row.copy();
    carried.setInt(rangeColumn, range);
    return carried;
  }

  /**
   * The first and the last row of a range; of several at one time the one that beats the others.
   */
  private final class Ends {
    private End first;
    private End last;

    void add(RightRows right) {
      long time = right.time();
      if (first == null || time < first.time || (time == first.time && first.isBeatenBy(right))) {
        first = new End(right);
      }
      if (last == null || time > last.time || (time == last.time && last.isBeatenBy(right))) {
        last = new End(right);
      }
    }
  }

  private final class End {
    private final long time;
    private final UnsafeRow row;
    private final UnsafeRow stored;

    End(RightRows right) {
      this.time = right.time();
      this.row = toUnsafe.apply(right.row()).copy();
      this.stored = right.stored().copy();
    }

    boolean isBeatenBy(RightRows right) {
      return tieOrder.compare(right.stored(), stored) > 0;
    }
  }
}
