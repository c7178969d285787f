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
package io.feathub.spark.grouping;

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.interop.WindowFrames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/**
 * The order of the rows of one key. Goes to the tasks.
 *
 * <p>The first column of ORDER BY is a long where it can be, which is sorted first; a comparator
 * then looks at equal longs only, and at the other columns only.
 */
public final class RowOrder implements Serializable {
  private final OrderColumn first;

  /** Bound; what is left to compare. */
  private final List<SortOrder> further;

  private final Ties ties;

  /** What comes first of rows that are equal by ORDER BY. */
  public enum Ties {
    /** The one that was inserted first. */
    AS_INSERTED,
    /**
     * The least by all columns, ascending and nulls first, columns without an order left out, then
     * by the unsigned bytes of the row. Never the order of arrival, so that the same rows come out
     * in the same order whatever the partitioning.
     */
    BY_CONTENT
  }

  private RowOrder(OrderColumn first, List<SortOrder> further, Ties ties) {
    this.first = first;
    this.further = List.copyOf(further);
    this.ties = ties;
  }

  /**
   * The order of the rows of a key.
   *
   * @param orderBy the ORDER BY; without any all rows of a key are equal
   * @param columns of the rows
   */
  public static RowOrder of(List<SortOrder> orderBy, List<Attribute> columns, Ties ties) {
    List<SortOrder> further = new ArrayList<>();
    for (SortOrder order : orderBy) {
      further.add((SortOrder) CatalystExpressions.bound(order, columns));
    }
    Optional<OrderColumn> first = further.isEmpty() ? Optional.empty() : encoded(further.get(0));
    if (first.isPresent()) {
      further.remove(0);
    }
    if (ties == Ties.BY_CONTENT) {
      addAll(columns, further);
    }
    return new RowOrder(first.orElse(OrderColumn.NONE), further, ties);
  }

  private static Optional<OrderColumn> encoded(SortOrder order) {
    if (!(order.child() instanceof BoundReference column)) {
      return Optional.empty();
    }
    long flip = WindowFrames.isAscending(order) ? 0 : -1;
    int nullRank = WindowFrames.isNullsFirst(order) ? -1 : 1;
    return OrderColumn.Encoding.of(column.dataType())
        .map(encoding -> new OrderColumn(column.ordinal(), encoding, flip, nullRank));
  }

  private static void addAll(List<Attribute> columns, List<SortOrder> orders) {
    for (int i = 0; i < columns.size(); i++) {
      Attribute column = columns.get(i);
      if (RowOrdering.isOrderable(column.dataType())) {
        orders.add(
            CatalystExpressions.ascending(
                new BoundReference(i, column.dataType(), column.nullable())));
      }
    }
  }

  OrderColumn first() {
    return first;
  }

  /** What decides between rows that {@link #first} finds equal; null if nothing does. */
  RowComparator newComparator() {
    return switch (ties) {
      case AS_INSERTED -> further.isEmpty() ? null : new RowComparator(further, null);
      case BY_CONTENT -> new RowComparator(further, UnsignedBytes::compare);
    };
  }

  @Override
  public String toString() {
    return "RowOrder(" + first + ", " + ScalaCollections.seq(further) + ", " + ties + ")";
  }
}
