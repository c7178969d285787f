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

import io.feathub.spark.interop.ScalaCollections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;

/**
 * Where in the right rows the keys, the time, the tie-break and the columns to keep stand: all that
 * is needed to index them. By position, so that two joins over the same data have equal ones.
 *
 * @param tieBreak {@link #NONE} if there is none
 * @param kept the columns that look-ups give
 * @param emitted how many of those, the first ones, come out of the join; they decide ties
 * @param keepsTies whether also rows count that lose against a greater one of the same time
 * @param types of all columns
 */
record RightSide(
    List<Integer> keys,
    int time,
    int tieBreak,
    List<Integer> kept,
    int emitted,
    boolean keepsTies,
    List<DataType> types)
    implements Serializable {
  static final int NONE = -1;

  /** The position of a column among the columns of a row. */
  static int ordinal(List<Attribute> columns, Attribute wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).exprId().equals(wanted.exprId())) {
        return i;
      }
    }
    throw new IllegalArgumentException(wanted + " is not among " + columns);
  }

  /** Whether the times are those longs that {@link TimeColumn} reads, and not to be ranked. */
  boolean hasEncodedTimes() {
    return TimeColumn.supports(types.get(time));
  }

  /** Of stored rows. */
  TieOrder tieOrder() {
    return new TieOrder(storedTypes(), storedTieBreak(), emitted);
  }

  /** Indexes rows. */
  AsOfIndex index(Iterator<InternalRow> rows, MemoryBudget budget) {
    return new AsOfIndexBuilder(this, budget).addAll(rows(rows)).build();
  }

  /** Takes rows apart. */
  RightRows rows(Iterator<InternalRow> rows) {
    TimeColumn encoded = hasEncodedTimes() ? TimeColumn.of(time, types.get(time)) : null;
    return new RightRows(rows, time, encoded, projection(keys), projection(stored()));
  }

  /** The columns that an index stores: those kept, and behind them what orders the rows. */
  private List<Integer> stored() {
    List<Integer> stored = new ArrayList<>(kept);
    if (tieBreak != NONE) {
      stored.add(tieBreak);
    }
    if (!hasEncodedTimes()) {
      stored.add(time);
    }
    return stored;
  }

  List<DataType> storedTypes() {
    return stored().stream().map(types::get).toList();
  }

  /** In the stored rows, where it is the last column. */
  int storedTime() {
    return stored().size() - 1;
  }

  /** In the stored rows, where it follows those kept. */
  int storedTieBreak() {
    return tieBreak == NONE ? NONE : kept.size();
  }

  private UnsafeProjection projection(List<Integer> ordinals) {
    List<BoundReference> references = new ArrayList<>();
    for (int ordinal : ordinals) {
      references.add(new BoundReference(ordinal, types.get(ordinal), true));
    }
    return UnsafeProjection.create(ScalaCollections.seq(references));
  }
}
