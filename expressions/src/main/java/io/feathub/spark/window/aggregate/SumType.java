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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.catalyst.util.IntervalMathUtils;
import org.apache.spark.sql.catalyst.util.MathUtils;

/** The type of a sum of whole numbers. */
enum SumType {
  LONG {
    @Override
    boolean holds(ExactLongSum sum) {
      return sum.fitsLong();
    }

    @Override
    void write(long value, UnsafeRowWriter target, int ordinal) {
      target.write(ordinal, value);
    }

    @Override
    boolean wrapsIn(OverflowMode mode) {
      return mode == OverflowMode.LEGACY;
    }

    @Override
    RuntimeException overflow() {
      long never = MathUtils.addExact(Long.MAX_VALUE, 1L, null);
      return new IllegalStateException("no overflow: " + never);
    }
  },

  /** Microseconds. */
  DAY_TIME_INTERVAL {
    @Override
    boolean holds(ExactLongSum sum) {
      return sum.fitsLong();
    }

    @Override
    void write(long value, UnsafeRowWriter target, int ordinal) {
      target.write(ordinal, value);
    }

    @Override
    RuntimeException overflow() {
      long never = IntervalMathUtils.addExact(Long.MAX_VALUE, 1L);
      return new IllegalStateException("no overflow: " + never);
    }
  },

  /** Months. */
  YEAR_MONTH_INTERVAL {
    @Override
    boolean holds(ExactLongSum sum) {
      return sum.fitsLong() && sum.lowBits() == (int) sum.lowBits();
    }

    @Override
    void write(long value, UnsafeRowWriter target, int ordinal) {
      target.write(ordinal, (int) value);
    }

    @Override
    RuntimeException overflow() {
      int never = IntervalMathUtils.addExact(Integer.MAX_VALUE, 1);
      return new IllegalStateException("no overflow: " + never);
    }
  };

  abstract boolean holds(ExactLongSum sum);

  abstract void write(long value, UnsafeRowWriter target, int ordinal);

  boolean wrapsIn(OverflowMode mode) {
    return false;
  }

  /** Raises the error of Spark's own addition. Use as {@code throw overflow()}. */
  abstract RuntimeException overflow();

  /**
   * Whether there is a sum to write: not of an empty frame, nor of one whose sum is to be null.
   * Fails if the mode wants it for a sum that the type cannot hold.
   */
  boolean isWritable(ExactLongSum sum, OverflowMode mode) {
    if (sum.count() == 0) {
      return false;
    }
    if (holds(sum) || wrapsIn(mode)) {
      return true;
    }
    if (mode == OverflowMode.TRY) {
      return false;
    }
    throw overflow();
  }
}
