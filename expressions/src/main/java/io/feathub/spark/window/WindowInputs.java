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
package io.feathub.spark.window;

import io.feathub.spark.interop.ScalaCollections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import scala.collection.immutable.Seq;

/**
 * Where the key, the time and the inputs of functions are found in the rows of the child. Columns
 * are read where they are; as soon as one of them is another expression, all go through a
 * projection.
 *
 * @param keys the PARTITION BY expressions
 * @param time the ORDER BY expression
 * @param inputs the distinct inputs of functions
 * @param types how the inputs are held
 */
record WindowInputs(
    Seq<Expression> keys,
    Expression time,
    List<Expression> inputs,
    List<ValueType> types,
    Seq<Attribute> childOutput)
    implements RowReaders, Serializable {

  WindowInputs {
    inputs = List.copyOf(inputs);
    types = List.copyOf(types);
  }

  @Override
  public RowReader newReader() {
    UnsafeProjection keyProjection =
        keys.isEmpty() ? null : UnsafeProjection.create(keys, childOutput);
    ValueType[] typeArray = types.toArray(ValueType[]::new);
    List<Expression> all = new ArrayList<>();
    all.add(time);
    all.addAll(inputs);
    int[] ordinals = all.stream().mapToInt(this::ordinal).toArray();
    UnsafeProjection projection = null;
    for (int ordinal : ordinals) {
      if (ordinal < 0) {
        projection = UnsafeProjection.create(ScalaCollections.seq(all), childOutput);
      }
    }
    for (int i = 0; projection != null && i < ordinals.length; i++) {
      ordinals[i] = i;
    }
    int[] inputOrdinals = java.util.Arrays.copyOfRange(ordinals, 1, ordinals.length);
    return new RowReader(keyProjection, projection, ordinals[0], inputOrdinals, typeArray);
  }

  /** The place of a column in the child's rows, or -1. */
  private int ordinal(Expression expression) {
    List<Attribute> columns = ScalaCollections.list(childOutput);
    for (int i = 0; i < columns.size(); i++) {
      if (expression instanceof Attribute column
          && columns.get(i).exprId().equals(column.exprId())) {
        return i;
      }
    }
    return -1;
  }
}
