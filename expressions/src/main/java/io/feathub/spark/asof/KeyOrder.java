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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/**
 * The order of keys in which both sides of a join come, if they do.
 *
 * @param positions of the key columns, the one that decides first first
 * @param types of the key columns, by position
 */
record KeyOrder(List<Integer> positions, List<DataType> types) implements Serializable {

  /** One side: its order, keys and time. */
  record Side(Seq<SortOrder> order, Seq<Attribute> keys, Attribute time) {}

  /** Empty unless both sides come by keys, in the same order of the keys, and then by time. */
  static Optional<KeyOrder> of(Side left, Side right) {
    List<Attribute> leftKeys = ScalaCollections.list(left.keys());
    List<Attribute> rightKeys = ScalaCollections.list(right.keys());
    List<SortOrder> leftOrder = ScalaCollections.list(left.order());
    List<SortOrder> rightOrder = ScalaCollections.list(right.order());
    int count = leftKeys.size();
    if (leftOrder.size() <= count || rightOrder.size() <= count) {
      return Optional.empty();
    }
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int position = position(leftKeys, leftOrder.get(i));
      if (position < 0 || !isBy(rightOrder.get(i), rightKeys.get(position))) {
        return Optional.empty();
      }
      positions.add(position);
    }
    boolean byTime =
        isBy(leftOrder.get(count), left.time()) && isBy(rightOrder.get(count), right.time());
    return byTime && positions.stream().distinct().count() == count
        ? Optional.of(
            new KeyOrder(
                List.copyOf(positions), leftKeys.stream().map(Attribute::dataType).toList()))
        : Optional.empty();
  }

  /** Compares rows of the key columns. */
  Comparator<UnsafeRow> comparator() {
    List<SortOrder> orders = new ArrayList<>();
    for (int position : positions) {
      orders.add(
          CatalystExpressions.ascending(new BoundReference(position, types.get(position), false)));
    }
    BaseOrdering ordering =
        RowOrdering.create(ScalaCollections.seq(orders), ScalaCollections.seq());
    return ordering::compare;
  }

  private static int position(List<Attribute> keys, SortOrder order) {
    for (int i = 0; i < keys.size(); i++) {
      if (isBy(order, keys.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isBy(SortOrder order, Attribute column) {
    return order.satisfies(CatalystExpressions.ascending(column));
  }
}
