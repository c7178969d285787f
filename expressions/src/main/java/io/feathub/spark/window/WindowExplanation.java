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
package io.feathub.spark.window;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.ExtendedExplainGenerator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.window.WindowExec;

/**
 * Tells in EXPLAIN, and in the plans that the UI shows, why windows were left to Spark's own
 * operator.
 *
 * <p>Spark makes one from the class name in a key of the session. The key is set when a session
 * first leaves a window to Spark: one that leaves none has plans without an empty section.
 */
public final class WindowExplanation implements ExtendedExplainGenerator {
  private static final String PROVIDERS = "spark.sql.extendedExplainProviders";

  /** Public for Spark, which makes one for each plan that it explains. */
  public WindowExplanation() {}

  /**
   * Has the plans of a session explained from now on, beside what the session's user has set. It
   * may be called any number of times, by any thread.
   *
   * <p>Spark loads the class by its name, from the class loader of the thread that explains a plan,
   * and fails the query if it is not there. So nothing is set for a thread that does not see it.
   */
  static void activate(SparkSession session) {
    String name = WindowExplanation.class.getName();
    if (!isVisibleToThisThread(name)) {
      return;
    }
    String before = session.conf().get(PROVIDERS, "");
    boolean isSet = Arrays.stream(before.split(",")).map(String::trim).anyMatch(name::equals);
    if (!isSet) {
      session.conf().set(PROVIDERS, before.isBlank() ? name : before + "," + name);
    }
  }

  private static boolean isVisibleToThisThread(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      return loader == null || Class.forName(name, false, loader) == WindowExplanation.class;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  @Override
  public String title() {
    return "FeatHub windows";
  }

  /** One line for each window that Spark's own operator runs. */
  @Override
  public String generateExtendedInfo(SparkPlan plan) {
    List<String> lines = new ArrayList<>();
    PlanTraversal.visitExecuted(
        plan,
        node -> {
          if (node instanceof WindowExec window) {
            lines.add(line(window));
          }
        });
    return lines.isEmpty()
        ? "No window is left to Spark's own operator."
        : lines.stream().distinct().collect(Collectors.joining("\n"));
  }

  private static String line(WindowExec window) {
    String functions =
        ScalaCollections.list(window.windowExpression()).stream()
            .map(WindowExplanation::text)
            .collect(Collectors.joining(", "));
    String reason =
        WindowRefusal.reason(window.windowExpression(), window.partitionSpec(), window.orderSpec())
            .orElse("the configuration has changed since it was planned");
    return "Left to Spark's own operator: " + functions + "\n  because: " + reason;
  }

  private static String text(NamedExpression windowExpression) {
    Expression expression =
        windowExpression instanceof Alias alias ? alias.child() : (Expression) windowExpression;
    return expression.sql();
  }
}
