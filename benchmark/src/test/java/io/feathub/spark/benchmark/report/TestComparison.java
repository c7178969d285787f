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
  private static final String CHANGES =
      """
      Now       bench, 2001-02-03T00:00:00Z, FeatHub new
      Baseline  bench, 2001-02-03T00:00:00Z, FeatHub old

      These are not the same machine or versions:
      - duckdb: now 9, baseline none
      - spark: now 4.2.0, baseline 4.1.0

      Failed now:
      - main: b: failed now

      Failed in the baseline:
      - main: b: failed then

                                                       now  baseline
      workload  rows  into      contender  ratio         s         s
      --------  ----  --------  ---------  -----  --------  --------  ------
      main         1  checksum  a          1.15x  1.15      1.00 ~
      main         1  checksum  b          1.16x  1.16 (1)  1.00 (1)  SLOWER
      main         1  Parquet   c          0.83x  2.00 (1)  2.40 (1)  faster

      (1): one round. ~: a spread above 15 %.

      2 of 3 medians moved by more than 15 %: 1 slower, 1 faster.

      Only in the baseline:
      - main with 1 row, gone, Parquet

      Only now:
      - main with 1 row, c, checksum
      """;

  @Test
  void flagsWhatChangedByMoreThanFifteenPercent() {
    Results before =
        results(
            Map.of("spark", "4.1.0", "FeatHub", "old"),
            "main: b: failed then",
            workload(
                1,
                SampleResults.ours("a", Sink.CHECKSUM, 1.0, 1.0, 1.2),
                SampleResults.ours("b", Sink.CHECKSUM, 1.0),
                SampleResults.peer("c", Sink.PARQUET, 2.4),
                SampleResults.peer("gone", Sink.PARQUET, 1.0)));
    Results now =
        results(
            Map.of("spark", "4.2.0", "FeatHub", "new", "duckdb", "9"),
            "main: b: failed now",
            workload(
                1,
                SampleResults.ours("a", Sink.CHECKSUM, 1.15, 1.15),
                SampleResults.ours("b", Sink.CHECKSUM, 1.16),
                SampleResults.peer("c", Sink.PARQUET, 2.0),
                SampleResults.peer("c", Sink.CHECKSUM, 1.0)));
    assertThat(Comparison.text(before, now)).isEqualTo(CHANGES);
  }

  @Test
  void runsWithOtherRowsAreNotCompared() {
    Timing slow = SampleResults.ours("a", Sink.CHECKSUM, 9.0);
    Timing fast = SampleResults.ours("a", Sink.CHECKSUM, 1.0);
    assertThat(
            Comparison.text(
                results(Map.of(), "", workload(10, slow)),
                results(Map.of(), "", workload(2, fast))))
        .contains("0 of 0 medians", "- main with 10 rows, a, checksum", "- main with 2 rows, a");
  }

  @Test
  void anotherCommitOfFeathubIsNoDifference() {
    Results before = results(Map.of("FeatHub", "old"), "", workload(1));
    Results now = results(Map.of("FeatHub", "new with changes"), "", workload(1));
    assertThat(Comparison.text(before, now)).doesNotContain("not the same");
  }

  private static WorkloadResult workload(long rows, Timing... timings) {
    return new WorkloadResult(
        "main", "t", rows, null, null, List.of(timings), List.of(), List.of());
  }

  private static Results results(
      Map<String, String> versions, String failure, WorkloadResult workload) {
    return new Results(
        "bench",
        "2001-02-03T00:00:00Z",
        1,
        new Machine("CPU", 2, 1024, "OS", "Java", 512, versions),
        List.of(workload),
        List.of(),
        List.of(),
        failure.isEmpty() ? List.of() : List.of(failure),
        List.of());
  }
}
