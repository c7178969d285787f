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

import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;

/**
 * Spark's own node in shapes that pandas-on-Spark does not give it: it stays Spark's, or means the
 * same to us.
 */
class TestSparkAsOfJoinShapes {
  private static SparkSession stock;
  private static SparkSession spark;

  /**
   * A node with conditions of its own.
   *
   * @param asOf its condition on the times
   * @param order by which Spark takes the first right row
   */
  private record Shape(String asOf, String order) {
    Dataset<Row> joined(SparkSession session) {
      Dataset<Row> left = left(session);
      Dataset<Row> right = right(session);
      List<Expression> expressions =
          ScalaCollections.list(
              analyzed(left.crossJoin(right).selectExpr(asOf + " AS asOf", order + " AS order"))
                  .expressions());
      AsOfJoin join =
          new AsOfJoin(
              analyzed(left),
              analyzed(right),
              expressions.get(0).children().head(),
              Option.empty(),
              CatalystJoins.inner(),
              expressions.get(1).children().head(),
              Option.empty());
      return Dataset$.MODULE$.ofRows((org.apache.spark.sql.classic.SparkSession) session, join);
    }
  }

  private static final List<Shape> UNKNOWN =
      List.of(
          // Another order than that of the times.
          new Shape("l.t >= r.t", "r.t - l.t"),
          new Shape("l.t >= r.t", "l.t - r.u"),
          new Shape("l.t >= r.t", "l.u - r.t"),
          new Shape("l.t >= r.t", "abs(l.t - r.t)"),
          new Shape("l.t >= r.t", "l.t - r.t + r.u"),
          new Shape("l.t <= r.t", "l.t - r.t"),
          new Shape("true", "IF(l.t > r.t, r.t - l.t, l.t - r.t)"),
          new Shape("true", "IF(l.t > r.u, l.t - r.t, r.t - l.t)"),
          new Shape("true", "IF(l.t = r.t, l.t - r.t, r.t - l.t)"),
          new Shape("true", "IF(l.t > r.t, l.t - r.t, r.u - l.t)"),
          // Operands of one side, and none.
          new Shape("r.t <= l.t", "l.t - r.t"),
          new Shape("l.t >= l.u", "l.t - l.u + r.t"),
          new Shape("r.t >= r.u", "r.t - r.u"),
          new Shape("l.t + r.u >= r.t", "l.t + r.u - r.t"),
          new Shape("l.t >= 5", "l.t - 5 + r.t"),
          new Shape("l.t <> r.t", "l.t - r.t"),
          // What the join itself cannot compute.
          new Shape("l.t >= r.t AND l.u + r.u > (SELECT max(id) FROM range(3))", "l.t - r.t"),
          // Times that have no distance to us, or another one than Spark's.
          new Shape(
              "true",
              "IF(make_dt_interval(l.t) > make_dt_interval(r.t),"
                  + " make_dt_interval(l.t) - make_dt_interval(r.t),"
                  + " make_dt_interval(r.t) - make_dt_interval(l.t))"),
          new Shape("l.local >= r.instant", "l.local - r.instant"));

  @BeforeAll
  static void startSessions() {
    stock = TestSession.stock();
    spark = TestSession.with(AsOfExtension::install);
    for (SparkSession session : List.of(stock, spark)) {
      session.conf().set("spark.sql.shuffle.partitions", "1");
      session.conf().set("spark.sql.session.timeZone", "America/New_York");
    }
  }

  @Test
  void whatIsUnknownIsLeftToSpark() {
    BiFunction<SparkSession, Shape, Dataset<Row>> join = (session, shape) -> shape.joined(session);
    for (Shape shape : UNKNOWN) {
      assertThat(count(shape.joined(spark), AsOfJoin.class)).as(shape.toString()).isOne();
    }
    Dataset<Row> joined = union(spark, UNKNOWN, join);

    assertThat(AgainstSpark.sorted(joined.collectAsList()))
        .isEqualTo(AgainstSpark.sorted(union(stock, UNKNOWN, join).collectAsList()));
    assertThat(ExecutedPlan.of(joined).contains(AsOfJoinExec.class)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"l.t + rand(1) >= r.t, l.t + rand(1) - r.t", "l.t >= r.t AND rand(1) < 2, l.t - r.t"})
  void sparkItselfRefusesWhatIsNotDeterministic(String asOf, String order) {
    for (SparkSession session : List.of(stock, spark)) {
      assertThatThrownBy(() -> new Shape(asOf, order).joined(session))
          .hasMessageContaining("[INVALID_NON_DETERMINISTIC_EXPRESSIONS]");
    }
  }

  /**
   * Conditions beside the times, of which some look like a tolerance or like the comparison itself.
   *
   * @param direction of the search
   * @param condition any other than that
   */
  private record Beside(String direction, String condition) {
    Dataset<Row> joined(SparkSession session) {
      Dataset<Row> left = left(session);
      Dataset<Row> right = right(session);
      return ((org.apache.spark.sql.classic.Dataset<Row>) left)
          .joinAsOf(
              (org.apache.spark.sql.classic.Dataset<Row>) right,
              left.col("t"),
              right.col("t"),
              functions.expr(condition),
              "left",
              null,
              true,
              direction);
    }
  }

  private static final List<Beside> BESIDE =
      List.of(
          new Beside("backward", "l.t > r.t"),
          new Beside("backward", "l.t <= r.t"),
          new Beside("backward", "r.t >= l.t - 9"),
          new Beside("backward", "r.t > l.t - 9 AND r.t > l.t - 7"),
          new Beside("backward", "r.t <= l.t + 3"),
          new Beside("backward", "r.t <= l.t - 3"),
          new Beside("backward", "r.t >= INT(l.t - 3.5)"),
          new Beside("forward", "l.t < r.t"),
          new Beside("forward", "l.t >= r.t"),
          new Beside("forward", "r.t >= l.t - 3"),
          new Beside("forward", "r.t < l.t + 9"),
          new Beside("nearest", "l.t >= r.t"),
          new Beside("nearest", "l.t < r.t"),
          new Beside("nearest", "r.t >= l.t"),
          new Beside("nearest", "r.t >= l.t - 3"),
          new Beside("nearest", "r.t < l.t + 3"),
          new Beside("nearest", "r.t >= l.t - 3 AND r.t <= l.t + 7"),
          new Beside("nearest", "r.t >= l.t - 7 AND r.t < l.t + 7"),
          new Beside("nearest", "r.t > l.t - 7 AND r.t < l.t + 7 AND r.t >= l.t - 3"),
          new Beside("nearest", "r.t >= l.t AND r.t <= l.t AND l.k = r.k"));

  @Test
  void conditionsBesideTheTimesMeanWhatTheyMeanToSpark() {
    BiFunction<SparkSession, Beside, Dataset<Row>> join =
        (session, beside) -> beside.joined(session);
    Dataset<Row> joined = union(spark, BESIDE, join);

    assertThat(AgainstSpark.sorted(joined.collectAsList()))
        .isEqualTo(AgainstSpark.sorted(union(stock, BESIDE, join).collectAsList()));
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class)).hasSize(BESIDE.size());
  }

  /** A micro-batch is not all that a side has. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true"})
  void streamsAreLeftToSpark(boolean leftStreams, boolean rightStreams, @TempDir Path files) {
    Dataset<Row> left = leftStreams ? stream(spark, files) : spark.range(3).toDF("t");
    Dataset<Row> right = rightStreams ? stream(spark, files) : spark.range(3).toDF("t");
    for (String direction : List.of("backward", "nearest")) {
      assertThat(count(joinedByTime(left, right, direction), AsOfJoin.class)).isOne();
    }
    assertThat(
            count(
                joinedByTime(spark.range(3).toDF("t"), spark.range(3).toDF("t"), "nearest"),
                AsOfJoin.class))
        .isZero();
  }

  /** Of right rows that come later Spark keeps the best so far. */
  @Test
  void givesTheRowsOfStockSparkAsAStreamGoesOn(@TempDir Path files) throws Exception {
    write(files.resolve("1.csv"), "18", 1);
    write(files.resolve("2.csv"), "9", 2);

    List<String> rows = streamed(spark, files);
    assertThat(rows).isEqualTo(streamed(stock, files));
    assertThat(rows).last().isEqualTo("[[10,9], [20,18]]");
  }

  private static List<String> streamed(SparkSession session, Path files) throws Exception {
    List<String> batches = new ArrayList<>();
    VoidFunction2<Dataset<Row>, Long> collect =
        (batch, number) -> batches.add(AgainstSpark.sorted(batch.collectAsList()).toString());
    Dataset<Row> left = session.range(1, 3).selectExpr("id * 10 AS t");
    StreamingQuery query =
        joinedByTime(left, stream(session, files), "backward")
            .writeStream()
            .outputMode("update")
            .trigger(Trigger.AvailableNow())
            .foreachBatch(collect)
            .start();
    query.awaitTermination();
    return batches;
  }

  private static void write(Path file, String row, long modified) throws IOException {
    Files.writeString(file, row);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified * 1000));
  }

  private static Dataset<Row> stream(SparkSession session, Path files) {
    return session
        .readStream()
        .schema("t BIGINT")
        .option("maxFilesPerTrigger", 1)
        .csv(files.toString());
  }

  private static Dataset<Row> joinedByTime(
      Dataset<Row> left, Dataset<Row> right, String direction) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) left)
        .joinAsOf(
            (org.apache.spark.sql.classic.Dataset<Row>) right,
            left.col("t"),
            right.col("t"),
            (org.apache.spark.sql.Column) null,
            "left",
            null,
            true,
            direction);
  }

  private static Dataset<Row> left(SparkSession session) {
    return session.range(0, 20).selectExpr(columns("id", "id * 7 % 60")).alias("l");
  }

  /** No two of them are equally far from a left row, and Spark would not know which to take. */
  private static Dataset<Row> right(SparkSession session) {
    return session
        .range(0, 9)
        .selectExpr(columns("id AS r_id", "id * 10 + IF(id % 4 = 0, 3, 0)"))
        .alias("r");
  }

  private static String[] columns(String id, String time) {
    return new String[] {
      id,
      "id % 2 AS k",
      "CAST(" + time + " AS INT) AS t",
      "CAST(id * 5 % 19 AS INT) AS u",
      "timestamp_seconds(1730610000 + 60 * (" + time + ")) AS instant",
      "CAST(timestamp_seconds(1730610000 + 60 * (" + time + ")) AS TIMESTAMP_NTZ) AS local"
    };
  }

  /** One job for all, told apart by a number. */
  private static <T> Dataset<Row> union(
      SparkSession session, List<T> joins, BiFunction<SparkSession, T, Dataset<Row>> join) {
    List<Dataset<Row>> numbered = new ArrayList<>();
    for (T one : joins) {
      numbered.add(
          join.apply(session, one)
              .select(functions.lit(one.toString()), functions.col("id"), functions.col("r_id")));
    }
    return numbered.stream().reduce(Dataset::unionAll).orElseThrow();
  }

  private static LogicalPlan analyzed(Dataset<Row> rows) {
    return ExecutedPlan.queryExecution(rows).analyzed();
  }

  /** How many such nodes are left for the optimizer. */
  private static int count(Dataset<Row> rows, Class<? extends LogicalPlan> type) {
    List<LogicalPlan> found = new ArrayList<>();
    PlanTraversal.visit(
        ExecutedPlan.queryExecution(rows).normalized(),
        node -> {
          if (type.isInstance(node)) {
            found.add(node);
          }
        });
    return found.size();
  }
}
