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
package io.feathub.spark.benchmark.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestPythonLibrary {
  private static final Job USUAL = job(10_000_000);

  @Test
  void allTakePartInTheUsualJob() {
    for (PythonLibrary library : PythonLibrary.values()) {
      assertThat(library.declines(USUAL)).isEmpty();
    }
  }

  @Test
  void declinesJobsThatDoNotFitInMemoryOrTakeMinutes() {
    Job large = job(1_000_000_000);
    assertThat(PythonLibrary.POLARS.declines(large)).isPresent();
    assertThat(PythonLibrary.PANDAS.declines(large)).isPresent();
    assertThat(PythonLibrary.TEMPO.declines(large)).isPresent();
  }

  @Test
  void refusesTheTimeOfARunWithoutItsOperators() {
    PythonLibrary.POLARS.check(USUAL, List.of("ASOF JOIN", "rolling_sum_by"));
    assertThatThrownBy(() -> PythonLibrary.POLARS.check(USUAL, List.of("rolling_sum_by")))
        .isInstanceOf(Execution.WrongOperator.class)
        .hasMessage("polars ran with 0 ASOF JOIN, not 1, among rolling_sum_by");
    assertThatThrownBy(() -> PythonLibrary.PANDAS.check(USUAL, List.of("merge_asof")))
        .isInstanceOf(Execution.WrongOperator.class);
  }

  @Test
  void wantsAnOperatorForEachTableAndWindow() {
    Facts prices = Facts.prices(10_000, 100);
    Job twice =
        new Job(
            USUAL.events(),
            AsOfKeys.ITEM,
            List.of(prices, prices.withNumber(2)),
            List.of(
                new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2)),
                new RangeWindow(Aggregate.SUM, Duration.ofMinutes(3))));
    PythonLibrary.PANDAS.check(
        twice, List.of("merge_asof", "merge_asof", "rolling.sum", "rolling.sum"));
    assertThatThrownBy(
            () ->
                PythonLibrary.PANDAS.check(
                    twice, List.of("merge_asof", "rolling.sum", "rolling.sum")))
        .hasMessageContaining("1 merge_asof, not 2");
    assertThatThrownBy(
            () ->
                PythonLibrary.PANDAS.check(
                    twice, List.of("merge_asof", "merge_asof", "rolling.sum")))
        .hasMessageContaining("1 rolling., not 2");
    PythonLibrary.TEMPO.check(twice, List.of("Window Row", "Window Row", "Window Range"));
  }

  @Test
  void theWindowOfTemposJoinIsNoRangeWindow() {
    PythonLibrary.TEMPO.check(USUAL, List.of("Union", "Window Row", "Window Range"));
    assertThatThrownBy(() -> PythonLibrary.TEMPO.check(USUAL, List.of("Union", "Window Row")))
        .isInstanceOf(Execution.WrongOperator.class)
        .hasMessage("tempo ran with 0 Window Range, not 1, among Union, Window Row");
  }

  private static Job job(long rows) {
    return new Job(
        Events.purchases(rows, 100_000, 10_000),
        AsOfKeys.ITEM,
        List.of(Facts.prices(10_000, 100)),
        List.of(new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2))));
  }
}
