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

import io.feathub.spark.testing.WindowOracle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestDoubleSumFrame {
  private final FrameAggregates aggregates = new FrameAggregates();

  private static List<WindowOracle.Row> rows(List<long[]> frame) {
    return frame.stream()
        .map(cells -> new WindowOracle.Row(null, 0L, Double.longBitsToDouble(cells[0])))
        .toList();
  }

  private static void checkSum(UnsafeRow row, List<long[]> frame) {
    Double expected = WindowOracle.sumOfDoubles(rows(frame));
    assertThat(row.isNullAt(0) ? null : (Double) row.getDouble(0)).isEqualTo(expected);
  }

  private static void checkAverage(UnsafeRow row, List<long[]> frame) {
    Double expected = WindowOracle.average(rows(frame));
    assertThat(row.isNullAt(0) ? null : (Double) row.getDouble(0)).isEqualTo(expected);
  }

  private static void checkFloat(UnsafeRow row, List<long[]> frame) {
    if (frame.isEmpty()) {
      assertThat(row.isNullAt(0)).isTrue();
      return;
    }
    assertThat((Float) row.getFloat(0)).isEqualTo((Float) floatSum(frame));
  }

  private static float floatSum(List<long[]> frame) {
    double[] values =
        frame.stream().mapToDouble(cells -> Double.longBitsToDouble(cells[0])).toArray();
    if (!DoubleStream.of(values).allMatch(Double::isFinite)) {
      return WindowOracle.sumOfDoubles(rows(frame)).floatValue();
    }
    return DoubleStream.of(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .floatValue();
  }

  private void slide(List<long[]> values) {
    for (RemovalOrder removals : RemovalOrder.values()) {
      FrameRuns.slide(aggregates.sumOfDoubles(removals), values, TestDoubleSumFrame::checkSum);
      FrameRuns.slide(
          aggregates.averageOfDoubles(removals), values, TestDoubleSumFrame::checkAverage);
      FrameRuns.slide(aggregates.sumToFloat(removals), values, TestDoubleSumFrame::checkFloat);
    }
  }

  @Test
  void slidingFramesHaveTheirExactSums() {
    Random random = FrameRuns.random();
    for (RandomDoubles kind : RandomDoubles.values()) {
      slide(kind.cells(random, 60));
    }
  }

  @Test
  void valuesMayLeaveInAnyOrder() {
    Random random = FrameRuns.random();
    for (RandomDoubles kind : RandomDoubles.values()) {
      List<long[]> values = kind.cells(random, 300);
      RemovalOrder any = RemovalOrder.ANY;
      FrameRuns.shuffle(aggregates.sumOfDoubles(any), values, random, TestDoubleSumFrame::checkSum);
      FrameRuns.shuffle(
          aggregates.averageOfDoubles(any), values, random, TestDoubleSumFrame::checkAverage);
      FrameRuns.shuffle(aggregates.sumToFloat(any), values, random, TestDoubleSumFrame::checkFloat);
    }
  }

  @Test
  void hardFramesAreRightAtEverySize() {
    slide(RandomDoubles.cells(RandomDoubles.HARD));
    slide(RandomDoubles.cells(RandomDoubles.INFINITE));
  }

  @Test
  void floatsAreRoundedOnce() {
    // As a double, the sum is halfway between 1 and the next float; the least bit is lost.
    slide(RandomDoubles.cells(new double[] {1, 0x1p-24, 0x1p-80}));
    slide(RandomDoubles.cells(new double[] {1 + 0x1p-24, 0x1p-80}));
    slide(RandomDoubles.cells(new double[] {Float.MAX_VALUE, 0x1p103, -0x1p-60, 0x1p120}));
    slide(RandomDoubles.cells(new double[] {Float.MIN_VALUE, -0x1p-150, -0x1p-1074}));
  }
}
