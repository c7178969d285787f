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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.spark.sql.catalyst.expressions.UnsafeMapData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;

class TestValueCounts {
  private final FrameAggregates aggregates = new FrameAggregates();
  private final LimitedMemory memory = new LimitedMemory();

  /** Knows how much is in use and refuses more than its limit. */
  private static final class LimitedMemory implements FrameMemory {
    private long limit = Long.MAX_VALUE;
    private long bytes;

    @Override
    public void reserve(long more) {
      if (bytes + more > limit) {
        throw new IllegalStateException("no memory");
      }
      bytes += more;
    }

    @Override
    public void release(long fewer) {
      bytes -= fewer;
      assertThat(bytes).isNotNegative();
    }
  }

  /**
   * Each value stands somewhere in an array of its own, which is all there is while it is current.
   */
  private static final class Handles implements ValueBytes {
    private final List<byte[]> values = new ArrayList<>();
    private byte[] shifted;

    long[] cells(String value) {
      values.add(value.getBytes(StandardCharsets.UTF_8));
      return new long[] {values.size() - 1};
    }

    String value(long handle) {
      return new String(values.get((int) handle), StandardCharsets.UTF_8);
    }

    @Override
    public void moveTo(long handle) {
      if (shifted != null) {
        Arrays.fill(shifted, (byte) 'x');
      }
      byte[] value = values.get((int) handle);
      shifted = new byte[value.length + 3];
      System.arraycopy(value, 0, shifted, 3, value.length);
    }

    @Override
    public Object base() {
      return shifted;
    }

    @Override
    public long offset() {
      return Platform.BYTE_ARRAY_OFFSET + 3L;
    }

    @Override
    public int length() {
      return shifted.length - 3;
    }
  }

  /** Compares maps with counts of the model; frames with the same counts have the same bytes. */
  private static <T> FrameRuns.Check check(
      Comparator<? super T> order,
      Function<long[], T> value,
      BiFunction<UnsafeMapData, Integer, T> key) {
    Map<Map<T, Long>, UnsafeRow> seen = new HashMap<>();
    return (row, frame) -> {
      TreeMap<T, Long> expected = new TreeMap<>(order);
      frame.forEach(cells -> expected.merge(value.apply(cells), 1L, Long::sum));
      assertThat(row.isNullAt(0)).isEqualTo(frame.isEmpty());
      if (!frame.isEmpty()) {
        UnsafeMapData map = row.getMap(0);
        List<T> keys = new ArrayList<>();
        for (int i = 0; i < map.numElements(); i++) {
          keys.add(key.apply(map, i));
        }
        assertThat(keys).containsExactlyElementsOf(expected.keySet());
        assertThat(map.valueArray().toLongArray())
            .containsExactly(expected.values().stream().mapToLong(Long::longValue).toArray());
        UnsafeRow same = seen.putIfAbsent(new HashMap<>(expected), row.copy());
        assertThat(row).isEqualTo(same == null ? row : same);
      }
    };
  }

  private void run(
      FrameAggregate counts, List<long[]> values, Random random, FrameRuns.Check check) {
    FrameRuns.slide(counts, values, check);
    FrameRuns.shuffle(counts, values, random, check);
    counts.clear();
    assertThat(memory.bytes).isZero();
  }

  private void runLongs(
      DataType type,
      Random random,
      LongFunction<Object> key,
      BiFunction<UnsafeMapData, Integer, Object> read) {
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      values.add(
          new long[] {
            type.equals(DataTypes.BooleanType) ? random.nextInt(2) : random.nextInt(120) - 60
          });
    }
    run(
        aggregates.valueCounts(type, memory),
        values,
        random,
        check(null, cells -> key.apply(cells[0]), read));
  }

  @Test
  void countsOfNumbersAreThoseOfAMap() {
    Random random = FrameRuns.random();
    runLongs(DataTypes.BooleanType, random, v -> v != 0, (map, i) -> map.keyArray().getBoolean(i));
    runLongs(DataTypes.ByteType, random, v -> (byte) v, (map, i) -> map.keyArray().getByte(i));
    runLongs(DataTypes.ShortType, random, v -> (short) v, (map, i) -> map.keyArray().getShort(i));
    for (DataType type :
        List.of(
            DataTypes.IntegerType, DataTypes.DateType, DataTypes.createYearMonthIntervalType())) {
      runLongs(type, random, v -> (int) v, (map, i) -> map.keyArray().getInt(i));
    }
    for (DataType type :
        List.of(
            DataTypes.LongType,
            DataTypes.TimestampType,
            DataTypes.TimestampNTZType,
            DataTypes.createDayTimeIntervalType())) {
      runLongs(type, random, v -> v, (map, i) -> map.keyArray().getLong(i));
    }
    runLongs(
        new DecimalType(18, 2),
        random,
        v -> BigDecimal.valueOf(v, 2),
        (map, i) -> map.keyArray().getDecimal(i, 18, 2).toJavaBigDecimal());
  }

  @Test
  void zerosAreOneValueAndSoAreAllNaN() {
    Random random = FrameRuns.random();
    long[] bits = {
      Double.doubleToRawLongBits(-0.0),
      0,
      0x7FF8_0000_0000_0000L,
      0xFFF8_0000_0000_0001L,
      Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
      Double.doubleToRawLongBits(1.5),
      Double.doubleToRawLongBits(-1.5),
      Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)
    };
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      values.add(new long[] {bits[random.nextInt(bits.length)]});
    }
    run(
        aggregates.valueCounts(DataTypes.DoubleType, memory),
        values,
        random,
        check(
            null,
            cells -> Double.longBitsToDouble(cells[0]) + 0.0,
            (map, i) -> map.keyArray().getDouble(i)));
    run(
        aggregates.valueCounts(DataTypes.FloatType, memory),
        values,
        random,
        check(
            null,
            cells -> (float) Double.longBitsToDouble(cells[0]) + 0.0f,
            (map, i) -> map.keyArray().getFloat(i)));
  }

  @Test
  void countsOfLongDecimalsAreInTheOrderOfNumbers() {
    Random random = FrameRuns.random();
    DecimalType type = new DecimalType(38, 5);
    List<long[]> some = RandomDecimals.values(random, type, 60);
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      values.add(some.get(random.nextInt(some.size())));
    }
    run(
        aggregates.valueCounts(type, memory),
        values,
        random,
        check(
            null,
            cells -> RandomDecimals.number(cells, type),
            (map, i) -> map.keyArray().getDecimal(i, 38, 5).toJavaBigDecimal()));
  }

  @Test
  void countsOfStringsAreInTheOrderOfTheirBytes() {
    Random random = FrameRuns.random();
    Handles handles = new Handles();
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String character =
          new String(
              Character.toChars(
                  random.nextInt(4) == 0 ? 0x1F600 : 0xFFF0 - 500 * random.nextInt(130)));
      values.add(handles.cells(character.repeat(random.nextInt(3)) + random.nextInt(3)));
    }
    run(
        aggregates.valueCounts(handles, memory),
        values,
        random,
        check(
            Comparator.comparing(
                (String value) -> value.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned),
            cells -> handles.value(cells[0]),
            (map, i) -> map.keyArray().getUTF8String(i).toString()));
  }

  @Test
  void theOrderOfArrivalDoesNotShow() {
    List<UnsafeRow> rows = new ArrayList<>();
    for (String order : List.of("abcabdz", "zdbacba")) {
      Handles handles = new Handles();
      FrameAggregate counts = aggregates.valueCounts(handles, memory);
      order.chars().forEach(c -> counts.add(handles.cells(Character.toString(c)), 0));
      rows.add(FrameRuns.read(counts));
      counts.clear();
    }
    assertThat(rows.get(0)).isEqualTo(rows.get(1));
  }

  @Test
  void memoryIsGivenBackAndMayBeRefused() {
    FrameAggregate counts = aggregates.valueCounts(DataTypes.LongType, memory);
    for (long value = 0; value < 10_000; value++) {
      counts.add(new long[] {value}, 0);
    }
    assertThat(memory.bytes).isBetween(10_000L * 36, 40_000L * 36);
    counts.clear();
    assertThat(memory.bytes).isZero();
    memory.limit = 1000;
    assertThatThrownBy(
            () -> {
              for (long value = 0; value < 10_000; value++) {
                counts.add(new long[] {value}, 0);
              }
            })
        .hasMessage("no memory");
    counts.clear();
    assertThat(memory.bytes).isZero();
  }

  @Test
  void valueThatIsNotThereCannotLeave() {
    FrameAggregate counts = aggregates.valueCounts(DataTypes.LongType, memory);
    counts.add(new long[] {1}, 0);
    assertThatThrownBy(() -> counts.remove(new long[] {2}, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
