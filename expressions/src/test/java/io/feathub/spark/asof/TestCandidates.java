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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.asof.AsOfMatching.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The search among many times of a key, which begins where it expects a time, however they are
 * spread. Rows are (key, time, value), of one size or not.
 */
class TestCandidates {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final List<DataType> TYPES =
      List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.StringType);
  private static final RightSide SIDE =
      new RightSide(List.of(0), 1, RightSide.NONE, List.of(1, 2), 2, false, TYPES);

  private static final UnsafeRow KEY =
      UnsafeProjection.create(new DataType[] {DataTypes.IntegerType})
          .apply(new GenericInternalRow(new Object[] {0}));

  private enum Spread {
    EVEN {
      @Override
      LongSupplier times(Random random) {
        return () -> random.nextInt(1_000_000);
      }
    },
    DENSE {
      @Override
      LongSupplier times(Random random) {
        return () -> random.nextInt(3000);
      }
    },
    BURSTS {
      @Override
      LongSupplier times(Random random) {
        return () -> random.nextInt(4) * 1_000_000_000L + random.nextInt(1000);
      }
    },
    GROWING {
      @Override
      LongSupplier times(Random random) {
        return () -> (1L << random.nextInt(62)) + random.nextInt(100);
      }
    },
    WHOLE_RANGE {
      @Override
      LongSupplier times(Random random) {
        return () -> random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextLong();
      }
    },
    ALMOST_EQUAL_AND_LARGE {
      @Override
      LongSupplier times(Random random) {
        return () -> Long.MAX_VALUE - random.nextInt(300);
      }
    },
    ONE_FAR_OFF {
      @Override
      LongSupplier times(Random random) {
        return () -> random.nextInt(1000) == 0 ? Long.MIN_VALUE : random.nextInt(5000);
      }
    };

    abstract LongSupplier times(Random random);
  }

  @ParameterizedTest
  @EnumSource
  void areFoundAsInASortedSet(Spread spread) {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    LongSupplier times = spread.times(random);
    for (int count : new int[] {1, 2, 7, 9, 10, 100, 3000}) {
      for (boolean equalSizes : new boolean[] {true, false}) {
        NavigableSet<Long> set = new TreeSet<>();
        List<InternalRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          long time = times.getAsLong();
          set.add(time);
          rows.add(row(0, time, equalSizes ? "" : "x".repeat(random.nextInt(20))));
          rows.add(row(1, times.getAsLong(), ""));
        }
        AsOfIndex index = SIDE.index(rows.iterator(), MemoryBudget.unlimited());
        for (int i = 0; i < 500; i++) {
          check(index, set, times.getAsLong() + random.nextInt(3) - 1);
        }
        set.forEach(time -> check(index, set, time));
      }
    }
  }

  private static void check(AsOfIndex index, NavigableSet<Long> times, long time) {
    assertThat(find(index, Direction.BACKWARD, true, time)).isEqualTo(times.floor(time));
    assertThat(find(index, Direction.BACKWARD, false, time)).isEqualTo(times.lower(time));
    assertThat(find(index, Direction.FORWARD, true, time)).isEqualTo(times.ceiling(time));
    assertThat(find(index, Direction.FORWARD, false, time)).isEqualTo(times.higher(time));
  }

  private static Long find(AsOfIndex index, Direction direction, boolean exact, long time) {
    UnsafeRow found =
        OneLookUp.best(
            index.prober(new AsOfMatching(direction, exact), new LeftTime(1, DataTypes.LongType)),
            KEY,
            time);
    return found == null ? null : found.getLong(0);
  }

  private static InternalRow row(int key, long time, String value) {
    return new GenericInternalRow(new Object[] {key, time, UTF8String.fromString(value)});
  }
}
