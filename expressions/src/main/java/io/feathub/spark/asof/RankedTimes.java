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
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Right times of a type that has an order but does not fit in a long, such as strings, structs and
 * long decimals. They are numbered in their order, 0, 2, 4, ..; a left time that lies between two
 * of them gets the odd number between.
 */
final class RankedTimes implements Serializable {
  /** What a copy of a time takes beside its bytes: a row, its array, and where it is noted. */
  static final long OBJECT_BYTES = 64;

  private final DataType type;

  /** Rows of the time alone, ascending. */
  private final UnsafeRow[] distinct;

  RankedTimes(DataType type, List<UnsafeRow> distinct) {
    this.type = type;
    this.distinct = distinct.toArray(new UnsafeRow[0]);
  }

  long sizeInBytes() {
    long size = 0;
    for (UnsafeRow time : distinct) {
      size += time.getSizeInBytes() + OBJECT_BYTES;
    }
    return size;
  }

  /** The order of rows by the time at a position. */
  static BaseOrdering ordering(int ordinal, DataType type) {
    return CatalystExpressions.orderingBy(ordinal, type, false);
  }

  /** Rows of one column alone. */
  static UnsafeProjection alone(int ordinal, DataType type) {
    return UnsafeProjection.create(ScalaCollections.seq(new BoundReference(ordinal, type, true)));
  }

  /** Reads left times for one thread, and knows how far they are from right times. */
  Reader reader(int ordinal, Tolerance tolerance) {
    return new Reader(ordinal, tolerance);
  }

  final class Reader implements TimeReader, TimeDistance {
    private final int ordinal;
    private final Tolerance tolerance;
    private final UnsafeProjection alone;
    private final BaseOrdering ordering = ordering(0, type);
    private UnsafeRow left;

    private Reader(int ordinal, Tolerance tolerance) {
      this.ordinal = ordinal;
      this.tolerance = tolerance;
      this.alone = alone(ordinal, type);
    }

    @Override
    public boolean isNull(InternalRow row) {
      return row.isNullAt(ordinal);
    }

    @Override
    public long read(InternalRow row) {
      UnsafeRow time = alone.apply(row);
      int low = 0;
      int high = distinct.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        int order = ordering.compare(distinct[middle], time);
        if (order == 0) {
          return 2L * middle;
        }
        if (order > 0) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return 2L * low - 1;
    }

    @Override
    public void from(InternalRow leftRow) {
      left = alone.apply(leftRow);
    }

    @Override
    public boolean reaches(long leftRank, long right) {
      if (tolerance.isUnlimited()) {
        return true;
      }
      int beyond = distance(right).compareTo(tolerance.reach());
      return tolerance.inclusive() ? beyond <= 0 : beyond < 0;
    }

    @Override
    public boolean isLaterCloser(long leftRank, long earlier, long later) {
      return distance(later).compareTo(distance(earlier)) < 0;
    }

    /** Only decimals have a distance among the types that are ranked. */
    private BigDecimal distance(long right) {
      return decimal(distinct[(int) (right / 2)]).subtract(decimal(left)).abs();
    }

    private BigDecimal decimal(UnsafeRow row) {
      DecimalType decimalType = (DecimalType) type;
      return row.getDecimal(0, decimalType.precision(), decimalType.scale()).toJavaBigDecimal();
    }
  }
}
