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

import io.feathub.spark.interop.ScalaCollections;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Compares rows by any orders, and equal ones by something else. */
final class RowComparator implements Comparator<UnsafeRow> {
  private final List<SortOrder> orders;

  /** Null if equal rows are equal. */
  private final Comparator<UnsafeRow> ofEquals;

  /** Made with the first comparison: it is compiled code, and many inputs have no ties. */
  private BaseOrdering ordering;

  /**
   * @param orders bound to the columns of the rows
   * @param ofEquals null if there is nothing else
   */
  RowComparator(List<SortOrder> orders, Comparator<UnsafeRow> ofEquals) {
    this.orders = orders;
    this.ofEquals = ofEquals;
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    if (ordering == null) {
      ordering = RowOrdering.create(ScalaCollections.seq(orders), ScalaCollections.seq());
    }
    int order = ordering.compare(one, other);
    return order != 0 || ofEquals == null ? order : ofEquals.compare(one, other);
  }
}
