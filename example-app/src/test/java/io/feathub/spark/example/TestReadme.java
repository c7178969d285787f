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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples run and give the example's rows. Its commands run in the other tests. */
class TestReadme {
  private static final Path ROOT = Path.of(System.getProperty("feathub.root"));
  private static final List<Double> PRICES = List.of(100.0, 200.0, 200.0, 300.0, 300.0);
  private static final List<Double> PAID = List.of(100.0, 500.0, 1100.0, 300.0, 1200.0);

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("readme")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.planChangeValidation", "true")
            .config("spark.sql.extensions", "io.feathub.spark.FeathubSparkExtensions")
            .getOrCreate();
  }

  @AfterAll
  static void stopSession() {
    spark.stop();
  }

  @Test
  void sql() throws IOException {
    List<Row> rows = List.of();
    for (String statement : snippet("sql").split(";", -1)) {
      if (!statement.isBlank()) {
        rows = spark.sql(statement).orderBy().collectAsList();
      }
    }
    assertThat(rows).extracting(row -> (double) row.getFloat(3)).hasSameElementsAs(PRICES);
    assertThat(rows).extracting(row -> row.getDouble(4)).containsExactlyInAnyOrderElementsOf(PAID);
  }

  @Test
  void java(@TempDir Path directory) throws Exception {
    Path source = directory.resolve("Snippet.java");
    Files.writeString(
        source,
        "import io.feathub.spark.features.*;\nimport java.time.Duration;\n"
            + "import org.apache.spark.sql.*;\npublic class Snippet {\n"
            + "  public static Dataset<Row> run(SparkSession spark, FileSystemSource purchases,"
            + " FileSystemSource prices) {\n"
            + snippet("java")
            + "    return rows;\n  }\n}\n");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(status).as("the README's Java compiles").isZero();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      String data = ROOT.resolve("data").toString();
      @SuppressWarnings("unchecked")
      org.apache.spark.sql.Dataset<Row> rows =
          (org.apache.spark.sql.Dataset<Row>)
              loader
                  .loadClass("Snippet")
                  .getMethods()[0]
                  .invoke(null, spark, ExampleApp.purchases(data), ExampleApp.prices(data));
      assertThat(rows.select("price", "paid").collectAsList())
          .extracting(row -> (double) row.getFloat(0), row -> (double) row.getFloat(1))
          .contains(org.assertj.core.groups.Tuple.tuple(200.0, 1100.0))
          .hasSize(5);
    }
  }

  @Test
  void python(@TempDir Path directory) throws Exception {
    Python python = new Python(directory);
    assumeTrue(python.has("pyspark"), "PySpark is not installed");
    Path script = directory.resolve("snippet.py");
    Files.writeString(
        script,
        "from pyspark.sql import SparkSession, functions as F\n"
            + "spark = (SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false')"
            + ".config('spark.jars', '"
            + TestBundle.bundle()
            + "').config('spark.sql.extensions', 'io.feathub.spark.FeathubSparkExtensions')"
            + ".config('spark.driver.host', '127.0.0.1')"
            + ".config('spark.driver.bindAddress', '127.0.0.1')"
            + ".config('spark.sql.session.timeZone', 'UTC').getOrCreate())\n"
            + snippet("python"));
    Python.Ended ended = python.run(script.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    for (double price : PRICES) {
      assertThat(ended.output()).contains("|" + price + "|");
    }
  }

  /** The one block of this language, reading the project's data wherever the test runs. */
  private static String snippet(String language) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8);
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).as("README has a block of %s", language).isTrue();
    return block.group(1).replace("data/", ROOT.resolve("data") + "/");
  }
}
