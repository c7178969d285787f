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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubException;
import io.feathub.spark.asof.AsOfMatching.Direction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The builder in little memory. */
class TestAsOfIndexBuilder {
  private static final int ROWS = 5000;
  private static final AsOfMatching AT_OR_BEFORE = new AsOfMatching(Direction.BACKWARD, true);
  private static final DataType LONG_DECIMAL = DataTypes.createDecimalType(30, 2);
  private static final UnsafeProjection KEY =
      UnsafeProjection.create(new DataType[] {DataTypes.StringType});

  private static final Shape ONE_KEY =
      new Shape("one key", DataTypes.LongType, i -> row("key", (long) i, "v".repeat(80) + i));

  /** Right sides that take their memory in other places. */
  private static Stream<Shape> shapes() {
    return Stream.of(
        new Shape("distinct keys", DataTypes.LongType, i -> row("key" + i, (long) i, "v" + i)),
        ONE_KEY,
        new Shape("equal sizes", DataTypes.LongType, i -> row("key" + i % 7, (long) i, "v")),
        new Shape("ranked times", LONG_DECIMAL, i -> row("key" + i % 7, decimal(i), "v" + i)));
  }

  private record Shape(String name, DataType timeType, IntFunction<InternalRow> row) {
    RightSide side() {
      List<DataType> types = List.of(DataTypes.StringType, timeType, DataTypes.StringType);
      return new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, true, types);
    }

    List<InternalRow> rows() {
      return IntStream.range(0, ROWS).mapToObj(row).toList();
    }

    LeftTime leftTime() {
      return new LeftTime(1, timeType);
    }
  }

  /** Wherever memory is refused, what was taken can be indexed, and nothing is lost. */
  @ParameterizedTest
  @MethodSource("shapes")
  void indexesWhatFitsUnderEveryLimit(Shape shape) {
    List<InternalRow> rows = shape.rows();
    int incomplete = 0;
    for (long limit = 4096; limit < 8 << 20; limit += limit / 16) {
      CountingBudget budget = new CountingBudget(limit);
      AsOfIndexBuilder builder = new AsOfIndexBuilder(shape.side(), budget);
      RightRows right = shape.side().rows(rows.iterator());
      boolean complete = builder.addThoseThatFit(right);
      int taken = builder.size();
      assertThat(right.atRow()).isEqualTo(!complete);
      assertThat(complete).isEqualTo(taken == ROWS);

      AsOfIndex index = builder.build();

      assertThat(budget.reserved()).as("under %d", limit).isEqualTo(index.sizeInBytes());
      assertFindsThoseTaken(shape, index, rows, taken);
      incomplete += complete ? 0 : 1;
    }
    assertThat(incomplete).isGreaterThan(20);
  }

  private static void assertFindsThoseTaken(
      Shape shape, AsOfIndex index, List<InternalRow> rows, int taken) {
    AsOfIndex.Prober prober = index.prober(AT_OR_BEFORE, shape.leftTime());
    for (int i = 0; i < ROWS; i += 13) {
      InternalRow row = rows.get(i);
      UnsafeRow key = KEY.apply(new GenericInternalRow(new Object[] {row.getUTF8String(0)}));
      UnsafeRow found = OneLookUp.best(prober, key, prober.leftTime().read(row), row);
      if (i < taken) {
        assertThat(found.getUTF8String(0)).isEqualTo(row.getUTF8String(2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void handsOverWhatWasTakenAndItsMemory(Shape shape) {
    for (long limit = 4096; limit < 8 << 20; limit += limit) {
      CountingBudget budget = new CountingBudget(limit);
      AsOfIndexBuilder builder = new AsOfIndexBuilder(shape.side(), budget);
      builder.addThoseThatFit(shape.side().rows(shape.rows().iterator()));
      int taken = builder.size();
      List<String> drained = new ArrayList<>();

      builder.drain((key, time, stored) -> drained.add(stored.getString(0)));

      assertThat(drained)
          .isEqualTo(shape.rows().stream().limit(taken).map(row -> row.getString(2)).toList());
      assertThat(budget.reserved()).isZero();
    }
  }

  /** A join below in the same task says the same of its own memory. */
  @Test
  void theWantOfMemoryOfThoseWhoGiveTheRowsIsTheirs() {
    Iterator<InternalRow> failing =
        new Iterator<>() {
          private final Iterator<InternalRow> rows = ONE_KEY.rows().iterator();
          private int given;

          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public InternalRow next() {
            if (given++ == 3) {
              throw AsOfErrors.outOfMemory(99);
            }
            return rows.next();
          }
        };
    AsOfIndexBuilder builder =
        new AsOfIndexBuilder(ONE_KEY.side(), new CountingBudget(Long.MAX_VALUE));

    assertThatThrownBy(() -> builder.addThoseThatFit(ONE_KEY.side().rows(failing)))
        .isInstanceOf(FeathubException.class)
        .hasMessageContaining("[FEATHUB_AS_OF_OUT_OF_MEMORY]");
  }

  @Test
  void failsByNameWhenMemoryIsRefused() {
    CountingBudget none = new CountingBudget(0);
    assertThatThrownBy(() -> ONE_KEY.side().index(ONE_KEY.rows().iterator(), none))
        .isInstanceOf(FeathubException.class)
        .hasMessageContaining("[FEATHUB_AS_OF_OUT_OF_MEMORY]")
        .hasMessageContaining("spark.sql.shuffle.partitions");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void keepsAccountOfWhatItHolds(Shape shape) {
    CountingBudget budget = new CountingBudget(Long.MAX_VALUE);

    AsOfIndex index = shape.side().index(shape.rows().iterator(), budget);

    assertThat(budget.reserved()).isEqualTo(index.sizeInBytes());
    assertThat(budget.peak()).isBetween(index.sizeInBytes(), 8 * index.sizeInBytes());
  }

  private static InternalRow row(String key, Object time, String value) {
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(key), time, UTF8String.fromString(value)});
  }

  private static Decimal decimal(int value) {
    return Decimal.createUnsafe(value, 30, 2);
  }
}
