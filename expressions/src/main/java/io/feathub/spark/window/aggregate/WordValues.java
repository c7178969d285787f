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
package io.feathub.spark.window.aggregate;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Distinct values of one word. All NaN are one value, the greatest; both zeros are the positive
 * one.
 */
final class WordValues implements DistinctValues {
  /** What an element of the result is. */
  private enum Element {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE
  }

  private final Element element;
  private long[] values = new long[0];
  private long current;

  WordValues(DataType type) {
    this.element = element(type);
  }

  private static Element element(DataType type) {
    if (type instanceof BooleanType) {
      return Element.BOOLEAN;
    }
    if (type instanceof ByteType) {
      return Element.BYTE;
    }
    if (type instanceof ShortType) {
      return Element.SHORT;
    }
    if (type instanceof FloatType) {
      return Element.FLOAT;
    }
    if (type instanceof DoubleType) {
      return Element.DOUBLE;
    }
    boolean isInt =
        type instanceof IntegerType
            || type instanceof DateType
            || type instanceof YearMonthIntervalType;
    return isInt ? Element.INT : Element.LONG;
  }

  private boolean isFloatingPoint() {
    return element == Element.FLOAT || element == Element.DOUBLE;
  }

  @Override
  public int moveTo(long[] cells, int at) {
    current = cells[at];
    if (isFloatingPoint()) {
      // Adding zero turns a negative zero into a positive one.
      current = Double.doubleToLongBits(Double.longBitsToDouble(current) + 0.0);
    }
    return ValueCounts.hash(current);
  }

  @Override
  public boolean isCurrent(int index) {
    return values[index] == current;
  }

  @Override
  public void hold(int index) {
    values[index] = current;
  }

  @Override
  public void replace(int index, int last) {
    values[index] = values[last];
  }

  @Override
  public int compare(int left, int right) {
    return isFloatingPoint()
        ? Double.compare(
            Double.longBitsToDouble(values[left]), Double.longBitsToDouble(values[right]))
        : Long.compare(values[left], values[right]);
  }

  @Override
  public void write(int index, UnsafeArrayWriter target, int ordinal) {
    long value = values[index];
    switch (element) {
      case BOOLEAN -> target.write(ordinal, value != 0);
      case BYTE -> target.write(ordinal, (byte) value);
      case SHORT -> target.write(ordinal, (short) value);
      case INT -> target.write(ordinal, (int) value);
      case LONG -> target.write(ordinal, value);
      case FLOAT -> target.write(ordinal, (float) Double.longBitsToDouble(value));
      case DOUBLE -> target.write(ordinal, Double.longBitsToDouble(value));
    }
  }

  @Override
  public int elementSize() {
    return switch (element) {
      case BOOLEAN, BYTE -> 1;
      case SHORT -> 2;
      case INT, FLOAT -> 4;
      case LONG, DOUBLE -> 8;
    };
  }

  @Override
  public int bytesPerIndex() {
    return 8;
  }

  @Override
  public void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  public void clear(int count) {
    // Nothing is held beyond the places themselves.
  }
}
