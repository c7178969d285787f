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

import io.feathub.spark.interop.JavaExpression;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A key, or null if there is a null anywhere in it: what is not known is equal to nothing, and that
 * goes for parts of a key, too. Spark's own {@code =} has two structs equal whose fields are null.
 */
public final class KeyWithoutNulls extends JavaExpression {

  /** Public for Catalyst. */
  public KeyWithoutNulls(Expression key) {
    super(List.of(key));
  }

  /** The key itself if it has no parts. */
  static Expression of(Expression key) {
    return key.dataType() instanceof StructType || key.dataType() instanceof ArrayType
        ? new KeyWithoutNulls(key)
        : key;
  }

  @Override
  protected Expression with(List<Expression> newChildren) {
    return new KeyWithoutNulls(newChildren.get(0));
  }

  @Override
  public Object eval(InternalRow input) {
    Object key = child(0).eval(input);
    return hasNull(key, dataType()) ? null : key;
  }

  private static boolean hasNull(Object value, DataType type) {
    if (value == null) {
      return true;
    }
    if (type instanceof StructType struct) {
      InternalRow row = (InternalRow) value;
      for (int i = 0; i < struct.size(); i++) {
        DataType fieldType = struct.apply(i).dataType();
        if (row.isNullAt(i) || (isNested(fieldType) && hasNull(row.get(i, fieldType), fieldType))) {
          return true;
        }
      }
    }
    if (type instanceof ArrayType arrayType) {
      ArrayData array = (ArrayData) value;
      DataType elementType = arrayType.elementType();
      for (int i = 0; i < array.numElements(); i++) {
        if (array.isNullAt(i)
            || (isNested(elementType) && hasNull(array.get(i, elementType), elementType))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType;
  }

  @Override
  public DataType dataType() {
    return child(0).dataType();
  }

  @Override
  public boolean nullable() {
    return true;
  }
}
