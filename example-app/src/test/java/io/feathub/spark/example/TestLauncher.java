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
package io.feathub.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLauncher {
  @TempDir private Path directory;

  @Test
  void theExamplePrintsAndWritesTheFiveRowsAndDoesNotOverwrite() throws Exception {
    Path output = directory.resolve("out put");
    String[] command = {"feathub", "example", "--output", output.toString()};
    Launched first = Launched.run(directory, Map.of(), command);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).doesNotContain("Building FeatHub");
    assertThat(first.out())
        .containsSubsequence(
            "|user_1 |item_1 |1         |2022-01-01 00:00:00|100.0|100.0 ",
            "|user_1 |item_2 |2         |2022-01-01 00:01:00|200.0|500.0 ",
            "|user_1 |item_1 |3         |2022-01-01 00:02:00|200.0|1100.0 ",
            "|user_2 |item_1 |1         |2022-01-01 00:03:00|300.0|300.0 ",
            "|user_1 |item_3 |2         |2022-01-01 00:04:00|300.0|1200.0 ",
            "Written to " + output);
    assertThat(Launched.lines(output)).isEqualTo(Launched.expectedLines());
    assertThat(Launched.namesBelow(directory))
        .allMatch(name -> name.matches("out put(/_SUCCESS|/part-[^/]+\\.csv)?"))
        .contains("out put/_SUCCESS");

    Launched second = Launched.run(directory, Map.of(), command);

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err().lines().filter(line -> line.startsWith("Error: ")))
        .singleElement()
        .asString()
        .contains("[FEATHUB_PATH_EXISTS] The output path file:" + output + " exists.");
    assertThat(second.err()).contains("Hint: add --overwrite").doesNotContain("\tat ");
  }

  @Test
  void missingDataIsOneLineThatNamesIt() throws Exception {
    Launched launched =
        Launched.run(
            directory,
            Map.of(),
            "feathub",
            "example",
            "--data",
            directory + "/nowhere",
            "--output",
            directory + "/out");

    assertThat(launched.exitCode()).as(launched.err()).isEqualTo(1);
    assertThat(launched.err().lines().filter(line -> line.startsWith("Error: ")))
        .singleElement()
        .asString()
        .contains("FEATHUB_", "nowhere/purchase_events.json");
    assertThat(launched.err()).doesNotContain("\tat ");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void aMalformedRecordIsOneLineThatNamesFileAndLine() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.copy(
        Launched.ROOT.resolve("data/item_price_events.json"),
        data.resolve("item_price_events.json"));
    Path purchases = Launched.ROOT.resolve("data/purchase_events.json");
    List<String> lines = new ArrayList<>(Files.readAllLines(purchases));
    lines.set(2, lines.get(2).substring(0, 30));
    Files.write(data.resolve("purchase_events.json"), lines);

    Launched launched =
        Launched.run(
            directory,
            Map.of(),
            "feathub",
            "example",
            "--data",
            data.toString(),
            "--output",
            directory + "/out");

    assertThat(launched.exitCode()).as(launched.err()).isEqualTo(1);
    assertThat(launched.err().lines().filter(line -> line.startsWith("Error: ")))
        .singleElement()
        .asString()
        .contains("[FEATHUB_MALFORMED_RECORD]", "purchase_events.json", "line 3");
    assertThat(launched.err()).doesNotContain("\tat ");
    assertThat(Launched.namesBelow(directory)).noneMatch(name -> name.contains("out"));
  }

  @Test
  void anUnknownCommandOrOptionPrintsTheUsage() throws Exception {
    for (String[] command :
        new String[][] {{"feathub"}, {"feathub", "nope"}, {"feathub", "example", "--nope"}}) {
      Launched launched = Launched.run(directory, Map.of(), command);

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.err()).contains("usage: ./feathub");
    }
  }

  @Test
  void theFirstUseOfACheckoutBuilds() throws Exception {
    Path launcher = freshCheckout();
    String project = launcher.getParent().toString();

    Launched launched = Launched.run(directory, Map.of(), launcher.toString(), "example");

    assertThat(launched.exitCode()).isEqualTo(1);
    assertThat(launched.err())
        .containsSubsequence(
            "Building FeatHub (first use, this takes a few minutes) ...",
            "a build in " + project + " of -q -DskipTests",
            "Error: The build failed, see above.");
  }

  @Test
  void aJavaThatCannotBuildOrRunIsNamed() throws Exception {
    String launcher = freshCheckout().toString();
    Path java = directory.resolve("jdk/bin/java");
    program(java, "[ \"$1\" = -version ] && echo 'openjdk version \"17.0.1\"' >&2");
    Map<String, String> environment = Map.of("JAVA_HOME", directory.resolve("jdk").toString());

    Launched runtime = Launched.run(directory, environment, launcher, "example");
    program(java, "exit 1");
    Launched broken = Launched.run(directory, environment, launcher, "example");

    assertThat(runtime.exitCode()).isEqualTo(1);
    assertThat(runtime.err())
        .startsWith("Error: " + java + " is of a runtime without the compiler");
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).startsWith("Error: " + java + " is Java of an unknown version.");
  }

  /** The launcher in a directory without anything built, and a build that says so and fails. */
  private Path freshCheckout() throws IOException {
    Path project = directory.resolve("a checkout");
    program(project.resolve("mvnw"), "echo \"a build in $(pwd -P) of $*\" && exit 1");
    return Files.copy(
        Launched.ROOT.resolve("feathub"),
        project.resolve("feathub"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void program(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void anotherJavaIsRefusedByItsVersion() throws Exception {
    Path java = directory.resolve("jdk/bin/java");
    program(java, "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");

    Launched wrong =
        Launched.run(
            directory,
            Map.of("JAVA_HOME", directory.resolve("jdk").toString()),
            "feathub",
            "example");
    Launched none =
        Launched.run(directory, Map.of("JAVA_HOME", directory.toString()), "feathub", "example");

    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("is Java 21. Set JAVA_HOME to a JDK 17.");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("where there is no bin/java");
  }
}
