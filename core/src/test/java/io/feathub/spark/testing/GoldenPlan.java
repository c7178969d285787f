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
package io.feathub.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.ExplainMode;

/**
 * Physical plans that a person has approved: {@code
 * src/test/resources/approved-plans/<package>/<name>.txt}, where the package is the last part of
 * the test class's. {@code ./mvnw verify -Dregenerate.golden.files=true} writes them anew; the
 * difference is then reviewed like code.
 */
public final class GoldenPlan {
  private static final Pattern EXPRESSION_ID = Pattern.compile("#(\\d+)");
  private static final Pattern PLAN_ID = Pattern.compile("plan_id=\\d+");
  private static final Pattern PATHS = Pattern.compile("file:[^\\]\\s,]*");

  private GoldenPlan() {}

  /**
   * Compares the plan of a query that has not run yet with the approved one, and has Spark check
   * that each operator gets the distribution and ordering that it asks for.
   */
  public static void check(Class<?> test, String name, Dataset<?> dataset) {
    assertThat(ExecutedPlan.of(dataset).meetsItsRequirements())
        .as("requirements of the plan %s", name)
        .isTrue();
    String actual =
        normalize(
            ExecutedPlan.queryExecution(dataset)
                .explainString(ExplainMode.fromString("formatted")));
    Path approved = file(test, name);
    if (Boolean.getBoolean("regenerate.golden.files")) {
      write(approved, actual);
    }
    assertThat(approved)
        .as("run with -Dregenerate.golden.files=true and review the difference")
        .exists()
        .content()
        .isEqualTo(actual);
  }

  /** Expression ids are numbered by first appearance, so that equal ids stay recognisable. */
  static String normalize(String plan) {
    Map<String, String> ids = new HashMap<>();
    Matcher expressions = EXPRESSION_ID.matcher(plan);
    String numbered =
        expressions.replaceAll(
            id -> ids.computeIfAbsent(id.group(1), first -> "#" + (ids.size() + 1)));
    // A session has such sections once an earlier query of it gave a reason to.
    String plans = numbered.split("\n== Extended Information", 2)[0];
    String withoutPlans = PLAN_ID.matcher(plans).replaceAll("plan_id=*");
    String withoutPaths = PATHS.matcher(withoutPlans).replaceAll("file:*");
    return withoutPaths.strip().lines().map(String::stripTrailing).collect(Collectors.joining("\n"))
        + "\n";
  }

  private static Path file(Class<?> test, String name) {
    String packageName = test.getPackageName();
    return Path.of(
        System.getProperty("feathub.module.directory"),
        "src/test/resources/approved-plans",
        packageName.substring(packageName.lastIndexOf('.') + 1),
        name + ".txt");
  }

  private static void write(Path file, String plan) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
