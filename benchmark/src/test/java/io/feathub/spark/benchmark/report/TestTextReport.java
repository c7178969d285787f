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
  void dump() throws Exception {
    ReportFiles.write(SampleResults.all(), java.nio.file.Path.of("/tmp/report-look"), "r");
    java.nio.file.Files.writeString(
        java.nio.file.Path.of("/tmp/report-look/r.md"), MarkdownSummary.of(SampleResults.all()));
  }

  @Test
  void fitsATerminal() {
    assertThat(report.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
