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
package io.feathub.spark.features;

import io.feathub.spark.features.expr.ViewExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/**
 * A view whose names are all found and in order.
 *
 * @param keptFields the fields of the source in the output, in order, before the features
 */
record ResolvedView(
    TableDescriptor source, List<String> keptFields, List<ResolvedFeature> features) {

  boolean needsEventTime() {
    return features.stream().anyMatch(feature -> !(feature.value() instanceof Computed));
  }

  /** The fields of a table that the view joins, in the table's order. */
  List<String> joinedFields(TableDescriptor table) {
    List<String> used =
        features.stream()
            .map(ResolvedFeature::value)
            .filter(value -> value instanceof Joined joined && joined.table() == table)
            .map(value -> ((Joined) value).field())
            .toList();
    return table.schema().fieldNames().stream().filter(used::contains).toList();
  }

  /** A feature of a view; {@code dtype} is empty if it follows from the value. */
  record ResolvedFeature(String name, Value value, Optional<DataType> dtype, List<String> keys) {}

  /** Where the value of a feature comes from. */
  sealed interface Value permits Computed, Joined, Windowed {
    /** The columns of a row that the value depends on, beside the event time. */
    Set<String> reads();
  }

  /** The value of an expression. */
  record Computed(ViewExpression expression) implements Value {
    @Override
    public Set<String> reads() {
      return expression.fields();
    }
  }

  /** The value of another table's field at the event time. */
  record Joined(TableDescriptor table, String field) implements Value {
    @Override
    public Set<String> reads() {
      return Set.copyOf(table.keys());
    }
  }

  /** An aggregate over the recent rows of the group. */
  record Windowed(ViewExpression expression, AggFunc function, EventFrame frame) implements Value {
    @Override
    public Set<String> reads() {
      Set<String> fields = new LinkedHashSet<>(expression.fields());
      fields.addAll(frame.fields());
      return fields;
    }
  }
}
