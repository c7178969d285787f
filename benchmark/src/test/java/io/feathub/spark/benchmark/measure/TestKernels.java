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
package io.feathub.spark.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.results.KernelResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestKernels {
  /** JMH lets one run per machine measure at a time; here nothing is measured in earnest. */
  @BeforeAll
  static void runBesideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyBenchmarkClassOfTheSourcesIsListed() throws IOException {
    Path sources = BenchmarkDirectories.MODULE.resolve("src/main/java");
    List<String> annotated = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains("@Benchmark\n")) {
          annotated.add(className(sources.relativize(file)));
        }
      }
    }
    assertThat(annotated).isNotEmpty();
    assertThat(classes()).containsExactlyInAnyOrderElementsOf(annotated);
  }

  private static String className(Path file) {
    String path = file.toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }

  private static List<String> classes() {
    return Kernels.all().stream()
        .map(method -> method.substring(0, method.lastIndexOf('.')))
        .distinct()
        .toList();
  }

  /** A benchmark nobody checks may measure a wrong answer. */
  @Test
  void everyBenchmarkClassHasATestOfItsAnswer() throws IOException {
    Path tests = BenchmarkDirectories.MODULE.resolve("src/test/java");
    for (String method : Kernels.all()) {
      String type = method.substring(0, method.lastIndexOf('.'));
      int name = type.lastIndexOf('.') + 1;
      Path test =
          tests.resolve(
              type.substring(0, name).replace('.', '/') + "Test" + type.substring(name) + ".java");
      assertThat(test).exists();
      assertThat(Files.readString(test))
          .contains("." + method.substring(method.lastIndexOf('.') + 1) + "()");
    }
  }

  @Test
  void runsEachKernelInAJvmOfItsOwn() {
    String kernel = "io.feathub.spark.window.aggregate.ExactLongSumBenchmark.addPlain";
    List<KernelResult> results = new ArrayList<>();
    Failures failures = new Failures("kernels", new SilentProgress());
    // There is no such kernel, which is no reason to go without the other.
    Kernels.run(
        List.of("io.feathub.NoBenchmark.none", kernel),
        new Kernels.Effort(1, 0, 3, 20, 128),
        results::addAll,
        failures);

    assertThat(results).extracting(KernelResult::benchmark).containsOnly("ExactLongSum.addPlain");
    assertThat(results)
        .extracting(KernelResult::parameters)
        .containsExactlyInAnyOrder(Map.of("size", "SMALL"), Map.of("size", "LARGE"));
    // Of fewer than three iterations there is no error.
    assertThat(results).extracting(KernelResult::error).allMatch(Double::isFinite);
    assertThat(failures.all()).singleElement().asString().startsWith("kernels: No.none: JMH says:");
  }
}
