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

import io.feathub.spark.testing.WindowOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestMonotonicDeque {
  private static final double[] VALUES = {
    0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final CountingMemory memory = new CountingMemory();
  private final UnsafeRow target = new UnsafeRow(1);

  TestMonotonicDeque() {
    target.pointTo(new byte[16], 16);
  }

  private Long read(MonotonicDeque deque) {
    deque.write(target, 0);
    return target.isNullAt(0) ? null : target.getLong(0);
  }

  @Test
  void slidingExtremesOfDoublesAreThoseOfTheOracle() {
    for (boolean greatest : new boolean[] {false, true}) {
      for (int size : new int[] {0, 1, 3, 20}) {
        long seed = 5_000L + size;
        checkDoubles(greatest, size, new Random(seed), "seed " + seed);
      }
    }
  }

  private void checkDoubles(boolean greatest, int size, Random random, String what) {
    MonotonicDeque deque = new MonotonicDeque(ValueType.DOUBLE, greatest, memory);
    List<WindowOracle.Row> rows = new ArrayList<>();
    int removed = 0;
    for (long time = 0; time < 400; time++) {
      for (int peers = random.nextInt(3); peers >= 0; peers--) {
        double value = VALUES[random.nextInt(VALUES.length)];
        rows.add(new WindowOracle.Row(null, time, value));
        deque.add(time, Double.doubleToLongBits(value));
      }
      while (rows.get(removed).time() < time - size) {
        WindowOracle.Row row = rows.get(removed++);
        deque.remove(row.time(), Double.doubleToLongBits((Double) row.value()));
      }
      List<WindowOracle.Row> frame = rows.subList(removed, rows.size());
      Object expected = greatest ? WindowOracle.max(frame) : WindowOracle.min(frame);
      assertThat(read(deque))
          .as(what + ", time " + time)
          .isEqualTo(Double.doubleToLongBits((Double) expected));
    }
  }

  @Test
  void descendingValuesAreAllKeptAndTheirMemoryIsGivenBack() {
    MonotonicDeque deque = new MonotonicDeque(ValueType.LONG, true, memory);
    for (long time = 0; time < 1000; time++) {
      deque.add(time, -time);
    }
    assertThat(memory.bytes()).isGreaterThanOrEqualTo(1000 * 16 - 64);
    for (long time = 0; time < 1000; time++) {
      assertThat(read(deque)).isEqualTo(-time);
      deque.remove(time, -time);
    }
    assertThat(read(deque)).isNull();
    deque.clear();
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void equalValuesTakeOnePlace() {
    MonotonicDeque deque = new MonotonicDeque(ValueType.LONG, false, memory);
    for (long time = 0; time < 1000; time++) {
      deque.add(time, 7);
    }
    assertThat(memory.bytes()).isZero();
    deque.remove(998, 7);
    assertThat(read(deque)).isEqualTo(7);
    deque.remove(999, 7);
    assertThat(read(deque)).isNull();
  }
}
