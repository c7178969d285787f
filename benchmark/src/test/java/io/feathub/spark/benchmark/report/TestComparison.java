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
package io.feathub.spark.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestComparison {
  @Test
  void flagsWhatChangedByMoreThanFifteenPercent() {
    Results before =
        results(
            "4.1.0",
            SampleResults.ours("a", Sink.CHECKSUM, 1.0),
            SampleResults.ours("b", Sink.CHECKSUM, 1.0),
            SampleResults.peer("c", Sink.PARQUET, 2.4),
            SampleResults.peer("gone", Sink.PARQUET, 1.0));
    Results now =
        results(
            "4.2.0",
            SampleResults.ours("a", Sink.CHECKSUM, 1.15),
            SampleResults.ours("b", Sink.CHECKSUM, 1.16),
            SampleResults.peer("c", Sink.PARQUET, 2.0),
            SampleResults.peer("c", Sink.CHECKSUM, 1.0));
    assertThat(Comparison.text(before, now))
        .isEqualTo(
            """
            Now: bench 4.2.0, 2001-02-03 UTC
            Baseline: bench 4.1.0, 2001-02-03 UTC
            The machines or versions differ:
              now: CPU, 2 cores, 1 GiB memory, OS; Java, heap 512 MiB; spark 4.2.0
              baseline: CPU, 2 cores, 1 GiB memory, OS; Java, heap 512 MiB; spark 4.1.0

                                                now
                                                  /   now  baseline
            workload  into      contender  baseline     s         s
            --------  --------  ---------  --------  ----  --------  ------
            main      checksum  a             1.15x  1.15      1.00
            main      checksum  b             1.16x  1.16      1.00  SLOWER
            main      Parquet   c             0.83x  2.00      2.40  faster

            3 medians, 1 slower and 1 faster by more than 15 %.
            Only in the baseline: main, gone, Parquet
            Only now: main, c, checksum
            """);
  }

  private static Results results(String spark, Timing... timings) {
    return new Results(
        "bench " + spark,
        "2001-02-03",
        1,
        new Machine("CPU", 2, 1024, "OS", "Java", 512, Map.of("spark", spark)),
        List.of(
            new WorkloadResult("main", "t", 1, null, null, List.of(timings), List.of(), List.of())),
        List.of(),
        List.of(),
        List.of());
  }
}
