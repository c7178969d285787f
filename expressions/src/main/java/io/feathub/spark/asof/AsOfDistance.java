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
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * The distance of two times as {@link TimeDistance} measures it, in bytes that are ordered as the
 * distances: how the off switch compares distances. Null if a time is.
 */
public final class AsOfDistance extends JavaExpression {
  /** The difference of two decimals of 38 digits. */
  private static final int DECIMAL_BYTES = 17;

  private final GenericInternalRow cell = new GenericInternalRow(1);

  /** Public for Catalyst. */
  public AsOfDistance(Expression left, Expression right) {
    super(List.of(left, right));
  }

  @Override
  protected Expression with(List<Expression> newChildren) {
    return new AsOfDistance(newChildren.get(0), newChildren.get(1));
  }

  /** A tolerance to compare distances of times of a type with. */
  static Literal reach(DataType timeType, Tolerance tolerance) {
    byte[] bytes;
    if (TimeColumn.supports(timeType)) {
      TimeColumn time = TimeColumn.of(0, timeType);
      bytes = bytes(new EncodedDistance(time, tolerance).reach());
    } else {
      RoundingMode rounding = tolerance.inclusive() ? RoundingMode.FLOOR : RoundingMode.CEILING;
      int scale = ((DecimalType) timeType).scale();
      BigInteger units = tolerance.reach().setScale(scale, rounding).unscaledValue();
      bytes = bytes(units.min(BigInteger.TEN.pow(DecimalType.MAX_PRECISION() + 1)));
    }
    return new Literal(bytes, DataTypes.BinaryType);
  }

  @Override
  public Object eval(InternalRow input) {
    Object one = child(0).eval(input);
    Object other = child(1).eval(input);
    if (one == null || other == null) {
      return null;
    }
    if (TimeColumn.supports(child(0).dataType())) {
      TimeColumn time = TimeColumn.of(0, child(0).dataType());
      return bytes(
          new EncodedDistance(time, Tolerance.UNLIMITED)
              .between(encoded(time, one), encoded(time, other)));
    }
    return bytes(unscaled(one).subtract(unscaled(other)).abs());
  }

  private long encoded(TimeColumn time, Object value) {
    cell.update(0, value);
    return time.read(cell);
  }

  private static BigInteger unscaled(Object value) {
    return ((Decimal) value).toJavaBigDecimal().unscaledValue();
  }

  private static byte[] bytes(long unsigned) {
    return ByteBuffer.allocate(Long.BYTES).putLong(unsigned).array();
  }

  private static byte[] bytes(BigInteger notNegative) {
    byte[] bytes = new byte[DECIMAL_BYTES];
    byte[] digits = notNegative.toByteArray();
    System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
    return bytes;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public boolean nullable() {
    return true;
  }
}
