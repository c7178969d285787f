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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.bucketsort.BucketAndTime;
import io.feathub.spark.bucketsort.TimeOrder;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.WindowOracle;
import io.feathub.spark.window.WindowFunction.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The loop without a session: rows of (key, time, value) in, rows with three results out. */
class TestStreamingWindowIterator {
  private static final StructType INPUT =
      new StructType()
          .add("key", DataTypes.LongType)
          .add("time", DataTypes.LongType)
          .add("value", DataTypes.DoubleType);
  private static final StructType RESULTS =
      new StructType()
          .add("sum", DataTypes.DoubleType)
          .add("count", DataTypes.LongType)
          .add("max", DataTypes.DoubleType);
  private static final List<WindowFunction> FUNCTIONS =
      List.of(
          new WindowFunction(Kind.SUM_DOUBLE, 0, 0, ValueType.DOUBLE),
          new WindowFunction(Kind.COUNT_ROWS, 1, -1, null),
          new WindowFunction(Kind.MAX, 1, 0, ValueType.DOUBLE));
  private static final long SHORT = 3;
  private static final long LONG = 10;

  private final CountingMemory memory = new CountingMemory();
  private final List<Long> largest = new ArrayList<>();

  private record Result(WindowOracle.Row row, Double sum, long count, Double max) {}

  private List<Result> run(List<WindowOracle.Row> rows, boolean sorted, boolean nullsFirst) {
    FrameLayout layout = new FrameLayout(FUNCTIONS, 2, 1, memory);
    StreamingWindowIterator iterator =
        new StreamingWindowIterator(
            new ReusedRows(rows),
            3,
            reader(),
            reader(),
            sorted ? new SingleKeyScope(layout, 1) : new HashBucketScope(layout),
            new FrameBounds(
                List.of(new LowerBound.Wrapping(-SHORT), new LowerBound.Wrapping(-LONG))),
            new HeapPeerRows(),
            GenerateUnsafeRowJoiner.create(INPUT, RESULTS),
            new TimeOrder(nullsFirst),
            largest::add);
    List<Result> results = new ArrayList<>();
    while (iterator.advanceNext()) {
      InternalRow row = iterator.getRow();
      results.add(
          new Result(
              new WindowOracle.Row(longAt(row, 0), longAt(row, 1), doubleAt(row, 2)),
              doubleAt(row, 3),
              row.getLong(4),
              doubleAt(row, 5)));
    }
    return results;
  }

  private static Long longAt(InternalRow row, int ordinal) {
    return row.isNullAt(ordinal) ? null : row.getLong(ordinal);
  }

  private static Double doubleAt(InternalRow row, int ordinal) {
    return row.isNullAt(ordinal) ? null : row.getDouble(ordinal);
  }

  private static RowReader reader() {
    return new RowReader(
        UnsafeProjection.create(new StructType().add("key", DataTypes.LongType)),
        null,
        1,
        new int[] {2},
        new ValueType[] {ValueType.DOUBLE});
  }

  private static List<Result> expected(List<WindowOracle.Row> rows) {
    List<Result> results = new ArrayList<>();
    for (WindowOracle.Row row : rows) {
      List<WindowOracle.Row> near = WindowOracle.frame(rows, row, time -> time - SHORT);
      List<WindowOracle.Row> far = WindowOracle.frame(rows, row, time -> time - LONG);
      results.add(
          new Result(
              row,
              WindowOracle.sumOfDoubles(near),
              WindowOracle.countRows(far),
              (Double) WindowOracle.max(far)));
    }
    return results;
  }

  private static List<WindowOracle.Row> randomRows(Random random, int keys, int times) {
    List<WindowOracle.Row> rows = new ArrayList<>();
    for (int i = random.nextInt(120); i > 0; i--) {
      rows.add(
          new WindowOracle.Row(
              random.nextInt(9) == 0 ? null : (long) random.nextInt(keys),
              random.nextInt(9) == 0 ? null : (long) random.nextInt(times),
              random.nextInt(9) == 0 ? null : random.nextGaussian()));
    }
    return rows;
  }

  private static Comparator<WindowOracle.Row> byTime(boolean nullsFirst) {
    Comparator<Long> order = Comparator.naturalOrder();
    return Comparator.comparing(
        WindowOracle.Row::time,
        nullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order));
  }

  /** The bucket of a row's key, as the operator computes it. */
  private static int bucket(WindowOracle.Row row) {
    UnsafeRow key = new UnsafeRow(1);
    key.pointTo(new byte[16], 16);
    if (row.key() == null) {
      key.setNullAt(0);
    } else {
      key.setLong(0, (Long) row.key());
    }
    return BucketAndTime.bucket(key);
  }

  @Test
  void rowsSortedByKeyAndTimeKeepTheirOrder() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      boolean nullsFirst = random.nextBoolean();
      List<WindowOracle.Row> rows = randomRows(random, 3, 40);
      rows.sort(
          Comparator.comparing(
                  (WindowOracle.Row row) -> (Long) row.key(),
                  Comparator.nullsFirst(Comparator.naturalOrder()))
              .thenComparing(byTime(nullsFirst)));
      assertThat(run(rows, true, nullsFirst)).as("seed " + seed).isEqualTo(expected(rows));
    }
  }

  @Test
  void rowsOfABucketMayMixTheirKeys() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      boolean nullsFirst = random.nextBoolean();
      List<WindowOracle.Row> rows = randomRows(random, 2000, 20);
      rows.sort(
          Comparator.comparing(TestStreamingWindowIterator::bucket)
              .thenComparing(byTime(nullsFirst)));
      assertThat(run(rows, false, nullsFirst)).as("seed " + seed).isEqualTo(expected(rows));
    }
  }

  @Test
  void keysOfOneBucketAreKeptApart() {
    List<Long> keys = new ArrayList<>();
    for (long key = 0; keys.size() < 5; key++) {
      if (bucket(new WindowOracle.Row(key, 0L, 0.0)) == 7) {
        keys.add(key);
      }
    }
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      List<WindowOracle.Row> rows = new ArrayList<>();
      for (WindowOracle.Row row : randomRows(random, 5, 30)) {
        Long key = keys.get(row.key() == null ? 0 : ((Long) row.key()).intValue());
        rows.add(new WindowOracle.Row(key, row.time(), row.value()));
      }
      rows.sort(byTime(true));
      assertThat(run(rows, false, true)).as("seed " + seed).isEqualTo(expected(rows));
    }
  }

  @Test
  void frameMemoryDoesNotOutliveItsKey() {
    List<WindowOracle.Row> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      rows.add(new WindowOracle.Row(1L, 0L, 1.0));
    }
    run(rows, true, true);
    long afterLargeKey = memory.bytes();
    memory.release(afterLargeKey);
    rows.add(new WindowOracle.Row(2L, 0L, 1.0));
    run(rows, true, true);
    assertThat(memory.bytes()).isLessThan(afterLargeKey / 10);
    assertThat(largest).containsExactly(5000L, 5000L);
  }

  @Test
  void noRowsGiveNoRows() {
    assertThat(run(List.of(), true, true)).isEmpty();
    assertThat(run(List.of(), false, true)).isEmpty();
  }

  @Test
  void inputThatIsNotSortedIsRefused() {
    List<WindowOracle.Row> rows =
        List.of(new WindowOracle.Row(1L, 2L, 1.0), new WindowOracle.Row(1L, 1L, 1.0));
    assertThatThrownBy(() -> run(rows, true, true)).hasMessageContaining("not sorted by time");
    assertThatThrownBy(() -> run(rows, false, true)).hasMessageContaining("not sorted by time");
  }

  /** Rows in one reused object, as Spark's sorts and shuffles give them. */
  private static final class ReusedRows extends RowIterator {
    private final java.util.Iterator<WindowOracle.Row> rows;
    private final UnsafeRow row = new UnsafeRow(3);

    ReusedRows(List<WindowOracle.Row> rows) {
      this.rows = rows.iterator();
      row.pointTo(new byte[32], 32);
    }

    @Override
    public boolean advanceNext() {
      row.pointTo(row.getBaseObject(), row.getBaseOffset(), 32);
      if (!rows.hasNext()) {
        return false;
      }
      WindowOracle.Row next = rows.next();
      set(0, (Long) next.key());
      set(1, next.time());
      if (next.value() == null) {
        row.setNullAt(2);
      } else {
        row.setDouble(2, (Double) next.value());
      }
      return true;
    }

    private void set(int ordinal, Long value) {
      if (value == null) {
        row.setNullAt(ordinal);
      } else {
        row.setLong(ordinal, value);
      }
    }

    @Override
    public InternalRow getRow() {
      return row;
    }
  }

  private static final class HeapPeerRows implements PeerRows {
    private List<UnsafeRow> rows = Collections.emptyList();

    @Override
    public void add(UnsafeRow row) {
      rows.add(row.copy());
    }

    @Override
    public scala.collection.Iterator<UnsafeRow> rows() {
      return ScalaCollections.seq(rows).iterator();
    }

    @Override
    public void clear() {
      rows = new ArrayList<>();
    }
  }
}
