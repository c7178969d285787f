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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.benchmark.results.ResultFiles;
import io.feathub.spark.benchmark.results.Results;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportFiles {
  @TempDir private Path directory;

  @Test
  void resultsAreReadBackEqual() {
    Path file = directory.resolve("results.json");
    ResultFiles.write(SampleResults.all(), file);
    assertThat(ResultFiles.read(file)).isEqualTo(SampleResults.all());
  }

  @Test
  void foreignAndIncompleteResultsAreRefusedWithTheirPlace() throws IOException {
    Path file = directory.resolve("results.json");
    ResultFiles.write(SampleResults.all(), file);
    String json = Files.readString(file);

    Files.writeString(file, json.replaceFirst("\"cores\"", "\"threads\" : 1, \"cores\""));
    assertThatThrownBy(() -> ResultFiles.read(file))
        .isInstanceOf(ResultFiles.InvalidFile.class)
        .hasMessageContaining("results.json, property machine.threads, is not a results file")
        .hasMessageContaining("Unrecognized field \"threads\"")
        .hasMessageEndingWith("Measure it again.");

    Files.writeString(file, "{\n  minutes");
    assertThatThrownBy(() -> ResultFiles.read(file))
        .isInstanceOf(ResultFiles.InvalidFile.class)
        .hasMessageContaining("results.json, line 2, column ");

    Files.writeString(file, json.replaceFirst("\"minutes\" : 12.34,", ""));
    assertThatThrownBy(() -> ResultFiles.read(file))
        .isInstanceOf(ResultFiles.InvalidFile.class)
        .hasMessageContaining("minutes");

    assertThatThrownBy(() -> ResultFiles.read(directory.resolve("absent.json")))
        .isInstanceOf(ResultFiles.InvalidFile.class)
        .hasMessageContaining("absent.json")
        .hasMessageContaining("Check its name");
  }

  @Test
  void writesAReportInEveryForm() {
    List<Path> files = ReportFiles.write(SampleResults.all(), directory.resolve("new"), "r");
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "r.json",
            "r.txt",
            "r.html",
            "r.md",
            "r-main.svg",
            "r-growth-rows.svg",
            "r-growth-versions.svg",
            "r-growth-keys.svg");
    assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void pageAndImagesAreWellFormedAndNeedNothingElse() throws IOException, XMLStreamException {
    for (Path file : ReportFiles.write(SampleResults.all(), directory, "r")) {
      String name = file.getFileName().toString();
      if (name.endsWith(".html") || name.endsWith(".svg")) {
        String markup = Files.readString(file);
        parse(markup);
        assertThat(markup.replace(Svg.NAMESPACE, ""))
            .doesNotContain("http:", "https:", "<script", "url(", "@import", "NaN%");
      }
    }
  }

  @Test
  void theSameResultsGiveTheSameBytesInAnyLanguage() throws IOException {
    Locale before = Locale.getDefault();
    List<Path> first = ReportFiles.write(SampleResults.all(), directory.resolve("a"), "r");
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Results read = ResultFiles.read(first.get(0));
      for (Path file : ReportFiles.write(read, directory.resolve("b"), "r")) {
        assertThat(file).hasSameBinaryContentAs(directory.resolve("a").resolve(file.getFileName()));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void resultsWithoutWorkloadsGiveAReport() {
    Results all = SampleResults.all();
    Results none =
        new Results(
            all.command(),
            all.started(),
            0,
            all.machine(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(ReportFiles.write(none, directory, "none")).hasSize(3);
    assertThat(TextReport.of(none)).contains("No peer was timed beside us.");
    assertThat(MarkdownSummary.of(none)).isEmpty();
  }

  private static void parse(String markup) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(markup));
    while (reader.hasNext()) {
      reader.next();
    }
    reader.close();
  }
}
