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
package io.feathub.spark.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.plans.logical.BatchEvalPython;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/**
 * Python functions in the ON clause, which only an operator of their own can compute. Plans alone,
 * as there is no Python to run them.
 */
class TestPythonFunctions {
  /** What Spark calls a function that Python computes for pickled batches of rows. */
  private static final int BATCHED = 100;

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark =
        TestSession.with(
            extensions -> {
              AsOfExtension.install(extensions);
              inject(extensions, "py_text", DataTypes.StringType, true);
              inject(extensions, "py_time", DataTypes.TimestampType, true);
              inject(extensions, "py_flag", DataTypes.BooleanType, true);
              inject(extensions, "py_dice", DataTypes.BooleanType, false);
            });
    PurchasesAndPrices.createViews(spark);
  }

  private static void inject(
      SparkSessionExtensions extensions, String name, DataType type, boolean deterministic) {
    Function1<Seq<Expression>, Expression> builder =
        arguments ->
            new PythonUDF(
                name,
                null,
                type,
                arguments,
                BATCHED,
                deterministic,
                CatalystExpressions.alias(Literal.TrueLiteral(), name).exprId());
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(name),
            new ExpressionInfo(PythonUDF.class.getName(), name),
            builder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LEFT JOIN | py_text(p.item_id) = r.item_id AND asof(p.ts >= r.ts) | 1 | 0
          LEFT JOIN | py_text(p.item_id) = py_text(r.item_id) AND asof(p.ts >= r.ts) | 1 | 1
          JOIN | py_text(p.item_id) <=> lower(py_text(r.item_id)) AND asof(p.ts >= r.ts) | 1 | 1
          LEFT JOIN | p.item_id = r.item_id AND asof(py_time(p.user_id) >= r.ts) | 1 | 0
          LEFT JOIN | asof_nearest(p.ts, py_time(r.item_id), INTERVAL 1 DAY) | 0 | 1
          LEFT JOIN | p.item_id = r.item_id AND asof(p.ts >= r.ts, NULL, py_text(r.price)) | 0 | 1
          LEFT JOIN | p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(r.price) | 0 | 1
          LEFT JOIN | p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(p.user_id) | 1 | 0
          JOIN | p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(p.user_id) | 1 | 0
          LEFT ANTI JOIN | p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(p.user_id) | 1 | 0
          LEFT SEMI JOIN | py_text(p.item_id) = py_text(r.item_id) AND asof(p.ts >= r.ts) | 1 | 1
          """)
  void areComputedBelowTheJoin(String join, String condition, int onTheLeft, int onTheRight) {
    QueryExecution execution = execution(join, condition);
    LogicalPlan plan = execution.optimizedPlan();

    FeathubAsOfJoin asOf = nodes(plan, FeathubAsOfJoin.class).get(0);
    assertThat(nodes(asOf.left(), BatchEvalPython.class)).as(plan.toString()).hasSize(onTheLeft);
    assertThat(nodes(asOf.right(), BatchEvalPython.class)).as(plan.toString()).hasSize(onTheRight);
    assertNothingElseCallsPython(plan);
    assertThat(execution.sparkPlan().toString()).contains("BatchEvalPython", "AsOfJoin ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "py_text(p.item_id) = py_text(r.item_id) AND asof(p.ts >= r.ts)",
        "p.item_id = r.item_id AND asof(py_time(p.user_id) >= r.ts, NULL, py_text(r.price))",
        "p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(r.price) AND py_flag(p.ts)"
      })
  void areComputedWhenTheJoinIsSwitchedOff(String condition) {
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    try {
      LogicalPlan plan = execution("LEFT JOIN", condition).optimizedPlan();

      assertThat(nodes(plan, FeathubAsOfJoin.class)).isEmpty();
      assertThat(nodes(plan, BatchEvalPython.class)).isNotEmpty();
      assertNothingElseCallsPython(plan);
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  /** Any filter inferred from one would call it again, for the right rows. */
  @Test
  void areNotCopiedToTheOtherSide() {
    LogicalPlan plan =
        execution(
                "JOIN",
                "p.item_id = r.item_id AND asof(p.ts >= r.ts) WHERE py_text(p.item_id) = 'a'")
            .optimizedPlan();

    assertThat(nodes(plan, BatchEvalPython.class)).as(plan.toString()).hasSize(1);
    assertNothingElseCallsPython(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(p.ts, r.price) | FEATHUB_AS_OF_CONDITION | a Python function of columns of both sides
          asof(p.ts >= r.ts) AND py_text(p.item_id, r.item_id) = 'a' | FEATHUB_AS_OF_CONDITION | a Python function of columns of both sides
          asof(p.ts >= r.ts) AND py_text(p.item_id) < py_text(r.item_id) | FEATHUB_AS_OF_CONDITION | Compute it below the join
          asof(p.ts >= r.ts) AND py_text(p.item_id, r.item_id) = p.user_id | FEATHUB_AS_OF_CONDITION | py_text
          p.item_id = r.item_id AND asof(py_time(p.ts, r.ts) >= r.ts) | FEATHUB_AS_OF_SIDES | one operand
          p.item_id = r.item_id AND asof(p.ts >= r.ts, NULL, py_text(p.item_id)) | FEATHUB_AS_OF_TIE_BREAK | py_text
          p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_flag(asof(p.ts >= r.ts)) | FEATHUB_AS_OF_MISPLACED | asof
          """)
  void areRefusedWhereTheyReadBothSides(String condition, String error, String text) {
    for (String join : List.of("JOIN", "LEFT JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN")) {
      assertThatThrownBy(() -> execution(join, condition).optimizedPlan())
          .as(join)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("[" + error + "]")
          .hasMessageContaining(text);
    }
  }

  @Test
  void areRefusedWhereTheyGiveAnotherValueEachTime() {
    assertThatThrownBy(
            () ->
                execution("LEFT JOIN", "p.item_id = r.item_id AND asof(p.ts >= r.ts) AND py_dice()")
                    .optimizedPlan())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("py_dice()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          py_flag(user_id) | 1
          py_flag(price) | 1
          py_text(user_id) = py_text(price) | 1
          py_flag(user_id, price) | 0
          py_text(user_id) < py_text(price) | 0
          """)
  void leaveSparksOwnNodeToSparkWhereTheyReadBothSides(String condition, int ours) {
    Dataset<Row> left = spark.table("purchases");
    Dataset<Row> right = spark.table("prices");
    Dataset<Row> joined =
        ((org.apache.spark.sql.classic.Dataset<Row>) left)
            .joinAsOf(
                (org.apache.spark.sql.classic.Dataset<Row>) right,
                left.col("ts"),
                right.col("ts"),
                functions.expr(condition),
                "left",
                null,
                true,
                "backward");
    LogicalPlan plan = ExecutedPlan.queryExecution(joined).normalized();

    assertThat(nodes(plan, FeathubAsOfJoin.class)).as(plan.toString()).hasSize(ours);
    assertThat(nodes(plan, AsOfJoin.class)).as(plan.toString()).hasSize(1 - ours);
  }

  private static QueryExecution execution(String join, String condition) {
    return ExecutedPlan.queryExecution(
        spark.sql("SELECT * FROM purchases p " + join + " prices r ON " + condition));
  }

  private static void assertNothingElseCallsPython(LogicalPlan plan) {
    for (LogicalPlan node : nodes(plan, LogicalPlan.class)) {
      if (!(node instanceof BatchEvalPython)) {
        assertThat(ScalaCollections.list(node.expressions()))
            .as(plan.toString())
            .noneMatch(
                expression ->
                    PlanTraversal.find(expression, PythonUDF.class::isInstance).isPresent());
      }
    }
  }

  private static <T> List<T> nodes(LogicalPlan plan, Class<T> type) {
    List<T> found = new ArrayList<>();
    PlanTraversal.visit(
        plan,
        node -> {
          if (type.isInstance(node)) {
            found.add(type.cast(node));
          }
        });
    return found;
  }
}
