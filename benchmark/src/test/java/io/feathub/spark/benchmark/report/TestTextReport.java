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

import org.junit.jupiter.api.Test;

class TestTextReport {
  private final String report = TextReport.of(SampleResults.all());

  @Test
  void fitsATerminal() {
    assertThat(report.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void startsWithTheCommandAndTheMachine() {
    assertThat(report)
        .startsWith(
            """
            FeatHub for Spark: benchmark
            ============================
            Command   ./feathub bench --rounds 3 --note '<b> & "quoted"'
            Measured  2001-02-03T04:05:06Z, 12.3 minutes, 11 workloads
            Machine   Made-up CPU @ 1 GHz, 2 cores, 24 GiB memory, Linux 0.0
            Java      OpenJDK 17.0.0, heap 8 GiB
            Versions  FeatHub abc1234, duckdb 9.9.9, polars 0.0.1, spark 4.2.0
            Ratios    median time relative to FeatHub as it comes; above 1 FeatHub is faster
            Spread    (max - min) / median is above 15 % in 13 of 25 timings of three or more rounds

            Not measured: facts-5 and heap-one-key.
            """);
  }

  @Test
  void saysWhereWeLoseBeforeWhereWeWin() {
    assertThat(report)
        .containsSubsequence(
            """
            Where we lose
            =============
            Of 26 comparisons we lose 10 (cannot: 2, slower: 8) and win 16.

            Without a time of ours:
            - wide, checksum: cannot: made up: too wide
            - broken: cannot: feathub > checksum: made up

            faster                                         its      our
                by  winner  workload       into              s        s  our form
            ------  ------  -------------  --------  ---------  -------  --------  -----------------
             1.25x  duckdb  main           checksum  4.00       5.00     feathub
             1.02x  polars  main           checksum  4.90       5.00     feathub   min - max overlap
             7.37x  duckdb  rows-1000      checksum  0.020 (1)  0.151 ~  feathub
            """,
            "Where we win",
            "duckdb                1     6   0.14x (1)      1.13x\n");
  }

  @Test
  void comparesWithOurDefaultFormAndListsFloorsLast() {
    assertThat(report)
        .contains(
            """
            main: as-of join and 2-minute window, 1,000 < 2,000 items & "hot" users
            -----------------------------------------------------------------------
            10,000,000 rows; answer: 1,000,000 rows equal to the bit in feathub, spark union and duckdb; 250,000
            with arbitrary doubles to 1e-12.

            Left out:
            - spark AsOfJoin: compares every pair of rows: hours at this size
            - tempo: has no <range> windows & is not installed

            Times, checksum: 1.00x = feathub

                                         median
            contender            ratio        s  min - max s    spread    rows/s  rounds
            ------------------  ------  -------  -------------  ------  --------  ------  ----------------
            duckdb               0.80x    4.00   3.90 - 4.10       5 %    2.50 M       3  faster than ours
            feathub broadcast    0.94x    4.70   4.60 - 4.90       6 %    2.13 M       3
            polars               0.98x    4.90   4.70 - 5.10       8 %    2.04 M       3  faster than ours
            feathub              1.00x    5.00   4.80 - 5.30      10 %    2.00 M       3
            feathub shuffled     1.30x    6.50   6.40 - 6.60       3 %    1.54 M       3
            pandas               2.26x   11.3    11.0 - 12.9      17 %  885 k          3
            spark segment tree   2.90x   14.5    14.2 - 14.8       4 %  690 k          3
            spark union          3.92x   19.6    18.0 - 22.0      20 %  510 k          3
            spark row_number    40.2x   201      one round         -     49.8 k        1
            floor: spark read    0.11x    0.550  0.530 - 0.580     9 %   18.2 M        3

            """);
  }

  @Test
  void showsTheOperatorsOfAProfile() {
    assertThat(report)
        .contains("Where the time goes: main, feathub, checksum\n", "\n5.00 s wall, 9.00 s CPU")
        .contains(
            """
              60.0%     6.000      50.0%  window <state>
                                        70  State.add
                                        60  second
                                        50  third
              35.0%     3.500      50.0%  scan
               5.0%     0.500       0.0%  sort
            """)
        .doesNotContain("not shown", "fourth");
  }

  @Test
  void failuresComeFirst() {
    assertThat(report).contains("Failed\n======\n", "\n- wide: polars: no < memory & left\n");
    assertThat(report.indexOf("Failed\n")).isLessThan(report.indexOf("Where we lose"));
  }

  @Test
  void namesAnotherReferenceWhereOurDefaultFormHasNoTime() {
    assertThat(report).contains("checksum: 1.00x = duckdb, the fastest (no time of ours)\n");
    Growth versions = Growth.of(SampleResults.all().workloads()).get(1);
    assertThat(Contest.of(versions.points().get(0)).get(0).heading())
        .isEqualTo("1.00x = feathub broadcast, our fastest form here");
  }

  @Test
  void showsCurvesWithGapsAndTheirReasons() {
    assertThat(report)
        .contains("- spark AsOfJoin at 1,000,000 and 10,000,000: compares every pair of rows\n")
        .contains(
            "- rows-1000: 1,000 rows; answer: 1,000 rows equal to the bit in feathub and duckdb")
        .containsOnlyOnce("Nanoseconds per row")
        .containsPattern(
            "\n +1,000 +0.151 ~ +0.196 ~ +0.402 \\(1\\) +0.020 \\(1\\) +0.327 \\(1\\) +- +0.100")
        .containsPattern(
            "\n10,000,000 +515 ~ +670 ~ +2,040 \\(1\\) +422 \\(1\\) +- +1,200 \\(1\\) +60.0");
  }

  @Test
  void showsHeapsAndKernels() {
    assertThat(report)
        .contains("contender    smallest     MiB   MiB    GiB\n")
        .containsPattern("feathub +640 MiB +failed +12.0 +9.40\n")
        .containsPattern("spark union +2 GiB +failed +- +31.0\n")
        .contains("- spark union in 512 MiB: OutOfMemoryError: <heap> & more\n")
        .contains("AsOfProbe             keys=10, rows=1000          12.3  0.07\n")
        .contains("Window <sum> & \"avg\"                           1,235    -\n");
  }

  @Test
  void summaryForTheReadmeHasTheMainWorkloadsOnly() {
    assertThat(MarkdownSummary.of(SampleResults.all()))
        .startsWith(
            """
            | as-of join and 2-minute window, 1,000 &lt; 2,000 items &amp; "hot" users, into a checksum; \
            1.00x = feathub | ratio | seconds |
            |---|--:|--:|
            | duckdb | 0.80x | 4.00 |
            | feathub broadcast | 0.94x | 4.70 |
            | polars | 0.98x | 4.90 |
            | **feathub** | 1.00x | 5.00 |
            """)
        .contains("| spark row\\_number | 40.2x | 201 (1) |\n")
        .contains("| floor: spark read + write | 0.38x | 2.70 |\n")
        .endsWith("\n(1): one round. \\~: a spread above 15 %.\n")
        .doesNotContain("100 feature columns");
  }
}
