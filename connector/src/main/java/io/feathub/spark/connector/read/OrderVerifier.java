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
package io.feathub.spark.connector.read;

import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares each row of a file with the one before it, in Spark's own ordering (ascending, nulls
 * first, collations respected). The two rows are held in the buffers of two projections that take
 * turns, so nothing is allocated per row and no reused row is kept.
 */
final class OrderVerifier {
  private final UnsafeProjection[] projections = new UnsafeProjection[2];
  private final BaseOrdering ordering;
  private final DataType[] types;
  private UnsafeRow previous;
  private UnsafeRow current;
  private int turn;

  OrderVerifier(ReadPlan plan) {
    StructType schema = plan.outputSchema();
    List<Expression> columns =
        plan.ordering().stream().<Expression>map(name -> column(schema, name)).toList();
    types = columns.stream().map(Expression::dataType).toArray(DataType[]::new);
    for (int i = 0; i < projections.length; i++) {
      projections[i] = UnsafeProjection.create(ScalaCollections.seq(columns));
    }
    ordering = RowOrdering.createNaturalAscendingOrdering(ScalaCollections.seq(List.of(types)));
  }

  private static BoundReference column(StructType schema, String name) {
    int ordinal = schema.fieldIndex(name);
    StructField field = schema.fields()[ordinal];
    return new BoundReference(ordinal, field.dataType(), true);
  }

  /** The order of one file says nothing about the next one. */
  void startFile() {
    current = null;
  }

  /** Whether the row is not less than the one before it in this file. */
  boolean accepts(InternalRow row) {
    previous = current;
    turn = 1 - turn;
    current = projections[turn].apply(row);
    return previous == null || ordering.compare(previous, current) <= 0;
  }

  String previousValues() {
    return values(previous);
  }

  String currentValues() {
    return values(current);
  }

  private String values(InternalRow row) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < types.length; i++) {
      text.append(i == 0 ? "" : ", ").append(Values.display(row, i, types[i]));
    }
    return text.append(')').toString();
  }
}
