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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The one jar that users add to Spark. */
class TestBundle {
  static Path bundle() throws IOException {
    try (Stream<Path> files = Files.list(Launched.ROOT.resolve("bundle/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("feathub-spark-4\\.2_2\\.13-.*jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void itHoldsOurClassesAndNoneOfSparkOrScala() throws IOException {
    assertThat(Files.size(bundle())).isLessThan(10_000_000);
    try (JarFile jar = new JarFile(bundle().toFile())) {
      List<String> classes =
          jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")).toList();
      assertThat(classes)
          .allMatch(name -> name.startsWith("io/feathub/spark/"))
          .contains(
              "io/feathub/spark/FeathubSparkExtensions.class",
              "io/feathub/spark/connector/FeathubSource.class",
              "io/feathub/spark/features/FeathubClient.class");
    }
  }

  @Test
  void itRegistersTheDataSourceAndBringsErrorsAndLicence() throws IOException {
    try (JarFile jar = new JarFile(bundle().toFile())) {
      ZipEntry services =
          jar.getEntry("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister");
      assertThat(new String(jar.getInputStream(services).readAllBytes(), StandardCharsets.UTF_8))
          .contains("io.feathub.spark.connector.FeathubSource");
      assertThat(jar.getEntry("error/feathub-error-conditions.json")).isNotNull();
      assertThat(jar.stream().map(ZipEntry::getName))
          .anyMatch(name -> name.startsWith("META-INF/LICENSE"))
          .anyMatch(name -> name.startsWith("META-INF/NOTICE"));
    }
  }
}
