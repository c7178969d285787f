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
            Measured  2001-02-03T04:05:06Z, 12.3 minutes, 10 workloads
            Machine   Made-up CPU @ 1 GHz, 2 cores, 24 GiB memory, Linux 0.0
            Java      OpenJDK 17.0.0, heap 8 GiB
            Versions  duckdb 9.9.9, feathub 0.1.0, polars 0.0.1, spark 4.2.0
            """);
  }

  @Test
  void saysWhereWeLoseBeforeWhereWeWin() {
    assertThat(report)
        .containsSubsequence(
            """
            Where we lose
            -------------
            Of 24 comparisons of a peer with our fastest form we lose 8 and win 16.

            faster                                     its    our
                by  winner  workload       into          s      s  our form
            ------  ------  -------------  --------  -----  -----  -----------------  -----------------
             1.25x  duckdb  main           checksum  4.00   5.00   feathub broadcast
             1.02x  polars  main           checksum  4.90   5.00   feathub broadcast  min - max overlap
             7.37x  duckdb  rows-1000      checksum  0.020  0.151  feathub broadcast
            """,
            "Where we win",
            "duckdb                1     6   0.14x      1.13x\n");
  }

  @Test
  void comparesWithOurFastestFormAndListsFloorsLast() {
    assertThat(report)
        .contains(
            """
            main: as-of join and 2-minute window, 1,000 < 2,000 items & "hot" users
            -----------------------------------------------------------------------
            10,000,000 rows

            checksum: 1.00x = feathub broadcast, our fastest form here

                                         median
            contender            ratio        s  min - max s      rows/s  rounds
            ------------------  ------  -------  -------------  --------  ------  ----------------
            duckdb               0.80x    4.00   3.90 - 4.10      2.50 M       3  faster than ours
            polars               0.98x    4.90   4.70 - 5.10      2.04 M       3  faster than ours
            feathub broadcast    1.00x    5.00   4.80 - 5.30      2.00 M       3
            feathub shuffled     1.30x    6.50   6.40 - 6.60      1.54 M       3
            pandas               2.26x   11.3    11.0 - 12.9    885 k          3
            spark segment tree   2.90x   14.5    14.2 - 14.8    690 k          3
            spark union          3.92x   19.6    18.0 - 22.0    510 k          3
            spark row_number    40.2x   201      one round       49.8 k        1
            floor: spark read    0.11x    0.550  0.530 - 0.580   18.2 M        3

            """)
        .contains(
            """
            Answer: 1,000,000 rows equal to the bit in feathub broadcast, spark union and duckdb; 250,000 rows
            with arbitrary doubles to 1e-12.
            Left out: spark AsOfJoin: compares every pair of rows: hours at this size
            Left out: tempo: has no <range> windows & is not installed
            """);
  }

  @Test
  void failuresComeFirst() {
    assertThat(report).contains("Failed\n------\nwide: polars: no < memory & left\n");
    assertThat(report.indexOf("Failed\n")).isLessThan(report.indexOf("Where we lose"));
  }

  @Test
  void namesAnotherReferenceWhereWeHaveNoTime() {
    assertThat(report)
        .contains("checksum: 1.00x = duckdb, the fastest (no time of ours)\n")
        .contains("Answer: the rows were not compared.\nLeft out: feathub broadcast: made up");
  }

  @Test
  void showsCurvesWithGapsAndTheirReasons() {
    assertThat(report)
        .contains(
            """
                 1,000      0.151     0.196   0.402   0.020     0.327   -       0.100
            """)
        .contains(
            """
            10,000,000      5.15      6.70   20.4     4.22      -      12.0     0.600
            """)
        .contains(
            """
            10,000,000        515       670    2,040     422          -   1,200       60.0
            """)
        .contains("spark AsOfJoin at 1,000,000 and 10,000,000: compares every pair of rows\n");
  }

  @Test
  void showsHeapsAndKernels() {
    assertThat(report)
        .contains("spark union        failed    31.0\n")
        .contains("Failed: spark union in 512 MiB: OutOfMemoryError: <heap> & more\n")
        .contains("AsOfProbe             keys=10, rows=1000          12.3  0.07\n")
        .contains("Window <sum> & \"avg\"                           1,235    -\n");
  }

  @Test
  void summaryForTheReadmeHasTheMainWorkloadsOnly() {
    assertThat(MarkdownSummary.of(SampleResults.all()))
        .startsWith(
            """
            | as-of join and 2-minute window, 1,000 &lt; 2,000 items &amp; "hot" users, into a checksum \
            | ratio | seconds |
            |---|--:|--:|
            | duckdb | 0.80x | 4.00 |
            | polars | 0.98x | 4.90 |
            | **feathub broadcast** | 1.00x | 5.00 |
            """)
        .contains("| spark row\\_number | 40.2x | 201 |\n")
        .endsWith("| floor: spark read + write | 0.38x | 2.70 |\n")
        .doesNotContain("100 feature columns");
  }
}
