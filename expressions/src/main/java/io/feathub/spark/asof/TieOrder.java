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

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/**
 * Which of several right rows with equal keys and times an as-of join takes: the one with the
 * greatest tie-break; then the greatest by the columns that come out of the join, in their order
 * (ascending, nulls first, as Spark orders), columns without an order left out; then by the
 * unsigned bytes of the row. Never the order in which the rows arrived, so that the same input
 * gives the same output whatever the partitioning.
 */
final class TieOrder implements Comparator<UnsafeRow> {
  private final BaseOrdering columns;

  /** Null if all columns come out. */
  private final UnsafeProjection emittedOf;

  /**
   * @param types of the rows
   * @param tieBreak its position, or {@link RightSide#NONE}
   * @param emitted how many of the columns come out of the join
   */
  TieOrder(List<DataType> types, int tieBreak, int emitted) {
    List<SortOrder> orders = new ArrayList<>();
    List<BoundReference> emittedColumns = new ArrayList<>();
    if (tieBreak != RightSide.NONE) {
      orders.add(CatalystExpressions.ascending(column(tieBreak, types)));
    }
    for (int i = 0; i < emitted; i++) {
      BoundReference column = column(i, types);
      emittedColumns.add(column);
      if (RowOrdering.isOrderable(column.dataType())) {
        orders.add(CatalystExpressions.ascending(column));
      }
    }
    this.columns = RowOrdering.create(ScalaCollections.seq(orders), ScalaCollections.seq());
    this.emittedOf =
        emitted == types.size()
            ? null
            : UnsafeProjection.create(ScalaCollections.seq(emittedColumns));
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    int byColumns = columns.compare(one, other);
    return byColumns != 0 ? byColumns : Arrays.compareUnsigned(bytes(one), bytes(other));
  }

  private byte[] bytes(UnsafeRow row) {
    return emittedOf == null ? row.getBytes() : emittedOf.apply(row).copy().getBytes();
  }

  private static BoundReference column(int ordinal, List<DataType> types) {
    return new BoundReference(ordinal, types.get(ordinal), true);
  }
}
