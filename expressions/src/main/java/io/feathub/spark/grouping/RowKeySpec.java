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
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/**
 * What the key of a row is. Goes to the tasks, where it makes readers.
 *
 * @param keys bound to the columns of the rows, in a form of which equal values have equal bytes
 */
public record RowKeySpec(List<Expression> keys) implements Serializable {

  public RowKeySpec {
    keys = List.copyOf(keys);
  }

  /**
   * The key that PARTITION BY says.
   *
   * @param keys the PARTITION BY expressions; without any all rows have the same key
   * @param columns of the rows
   */
  public static RowKeySpec of(List<? extends Expression> keys, List<Attribute> columns) {
    return new RowKeySpec(
        keys.stream()
            .map(key -> CatalystExpressions.bound(key, columns))
            .map(CatalystExpressions::comparableByBytes)
            .toList());
  }

  /** A new reader: of the columns where they are if it can be, else of a projection. */
  public RowKeys newKeys() {
    if (keys.isEmpty()) {
      return new NoKeys();
    }
    List<Optional<RowKeys>> columns = keys.stream().map(RowKeySpec::column).toList();
    if (!columns.stream().allMatch(Optional::isPresent)) {
      return new ProjectedKeys(keys);
    }
    RowKeys[] readers = columns.stream().map(Optional::orElseThrow).toArray(RowKeys[]::new);
    return readers.length == 1 ? readers[0] : new CompositeKeys(readers);
  }

  private static Optional<RowKeys> column(Expression key) {
    if (!(key instanceof BoundReference column)) {
      return Optional.empty();
    }
    DataType type = column.dataType();
    if (type instanceof StringType || type instanceof BinaryType) {
      return Optional.of(new BytesKey(column.ordinal()));
    }
    return FixedKey.Width.of(type).map(width -> new FixedKey(column.ordinal(), width));
  }
}
