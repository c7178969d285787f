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

import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The join in one generated loop with operators below and above it that hand rows over in different
 * ways: one by one, several at once, from several inputs, or with a stop in between.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestGeneratedAsOfJoin {
  private static final String JOIN =
      "SELECT l.*, r.w FROM %s l %s r ON l.k = r.k AND asof(l.t >= r.t)";

  /** Each left row comes out several times, more often than a group has rows. */
  private static final String SEVERAL_AT_ONCE =
      "(SELECT /*+ BROADCAST(m) */ l.id * 100 + m.n AS id, l.k, l.t + m.n AS t, l.s"
          + " FROM l JOIN m ON l.k = m.k)";

  private SparkSession spark;

  @BeforeAll
  void createTables() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.form", "broadcast");
    spark
        .range(0, 1000, 1, 3)
        .selectExpr(
            "id",
            "IF(id % 11 = 0, NULL, id % 7) AS k",
            "IF(id % 13 = 0, NULL, id * 13 % 211) AS t",
            "repeat('x', IF(id % 50 = 3, 20000, id % 40)) AS s")
        .createOrReplaceTempView("l");
    spark
        .range(0, 300, 1, 3)
        .selectExpr("id AS w", "id % 8 AS k", "id * 7 % 199 AS t")
        .createOrReplaceTempView("r");
    spark
        .range(0, 40, 1, 1)
        .selectExpr("id AS n", "IF(id < 35, 3, id % 3) AS k")
        .createOrReplaceTempView("m");
  }

  static List<String> lefts() {
    return List.of(
        "l",
        "(SELECT * FROM l WHERE id < 0)",
        "(SELECT * FROM l WHERE id % 5 = 0)",
        SEVERAL_AT_ONCE,
        "(SELECT * FROM l UNION ALL SELECT id + 5000, k, t + 1, s FROM l WHERE id % 3 = 0)",
        "(SELECT id, k, t, explode(array(s, s || 'a', s || 'b')) AS s FROM l)");
  }

  @ParameterizedTest
  @MethodSource("lefts")
  void eachLeftRowComesOutWithItsMatch(String left) {
    for (String kind : List.of("JOIN", "LEFT JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN")) {
      String query = JOIN.formatted(left, kind);
      query = kind.contains("SEMI") || kind.contains("ANTI") ? query.replace(", r.w", "") : query;
      assertGenerated(AgainstSpark.assertSameRows(spark, query));
      assertGenerated(
          AgainstSpark.assertSameRows(spark, "SELECT count(*), sum(hash(*)) FROM (" + query + ")"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashed", "merged"})
  void soDoShuffledJoins(String form) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.form", form),
        () -> {
          for (String kind : List.of("JOIN", "LEFT JOIN")) {
            String query = JOIN.formatted("l", kind);
            Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);
            assertThat(generated(joined)).hasAtLeastOneElementOfType(ShuffledAsOfJoinExec.class);
            AgainstSpark.assertSameRows(
                spark, "SELECT count(*), sum(hash(*)) FROM (" + query + ")");
          }
        });
  }

  @Test
  void fromSeveralInputsInOneLoop() {
    String left = "(SELECT * FROM l UNION ALL SELECT id + 5000, k, t + 1, s FROM l WHERE id > 30)";
    TestSession.withConf(
        spark,
        Map.of("spark.sql.codegen.wholeStage.union.enabled", "true"),
        () -> {
          String query = JOIN.formatted(left, "LEFT JOIN");
          Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);
          assertThat(sharesItsLoopWith(joined, UnionExec.class)).isTrue();
          AgainstSpark.assertSameRows(spark, "SELECT sum(w), sum(id) FROM (" + query + ")");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "hashed"})
  void asOneOfSeveralInputsOfALoop(String form) {
    TestSession.withConf(
        spark,
        Map.of(
            "spark.sql.codegen.wholeStage.union.enabled",
            "true",
            "spark.sql.feathub.asOf.form",
            form),
        () -> {
          String query = JOIN.formatted("l", "LEFT JOIN") + " UNION ALL SELECT *, 1 FROM l";
          for (String more : List.of(" WHERE id % 2 = 0", " UNION ALL " + query)) {
            Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query + more);
            assertThat(ExecutedPlan.of(joined).operators(WholeStageCodegenExec.class))
                .flatExtracting(stage -> inLoop(stage.child()).toList())
                .hasAtLeastOneElementOfType(UnionExec.class);
            assertThat(generated(joined)).isNotEmpty();
          }
          AgainstSpark.assertSameRows(spark, "SELECT sum(w), sum(id) FROM (" + query + ")");
        });
  }

  @Test
  void severalRowsAtOnceComeFromTheSameLoop() {
    Dataset<Row> joined = spark.sql(JOIN.formatted(SEVERAL_AT_ONCE, "LEFT JOIN"));
    joined.collectAsList();
    assertThat(sharesItsLoopWith(joined, BroadcastHashJoinExec.class)).isTrue();
  }

  @Test
  void oneJoinFeedsTheNext() {
    String query =
        "SELECT id, s, e.w, r.w AS v FROM ("
            + JOIN.formatted("l", "LEFT JOIN")
            + ") e LEFT JOIN r ON e.k + 1 = r.k AND asof(e.t <= r.t)";
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);
    assertThat(sharesItsLoopWith(joined, BroadcastAsOfJoinExec.class)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 40, 5000})
  void aLimitTakesTheFirstRows(int limit) {
    List<Row> all = spark.sql(JOIN.formatted("l", "LEFT JOIN")).coalesce(1).collectAsList();
    List<Row> first =
        spark.sql(JOIN.formatted("l", "LEFT JOIN")).coalesce(1).limit(limit).collectAsList();
    assertThat(first).isEqualTo(all.subList(0, Math.min(limit, all.size())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "hashed"})
  void aLimitInTheSameLoopEndsTheJoin(String form) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.form", form, "spark.sql.shuffle.partitions", "1"),
        () -> {
          String query = JOIN.formatted("l", "LEFT JOIN") + " LIMIT 10";
          Dataset<Row> counted = spark.sql("SELECT count(w), count(s) FROM (" + query + ")");
          assertThat(counted.collectAsList().get(0).getLong(1)).isEqualTo(10);
          AsOfJoinExec join = ExecutedPlan.of(counted).operators(AsOfJoinExec.class).get(0);
          assertThat(join.asOfMetrics().outputRows().value()).isLessThan(200);
        });
  }

  @Test
  void rowsKeepTheirOrder() {
    List<Row> rows = spark.sql(JOIN.formatted("l", "LEFT JOIN")).collectAsList();
    assertThat(rows).extracting(row -> row.getLong(0)).isSorted().hasSize(1000);
  }

  /** Too wide for one generated loop, by Spark's choice or because its text is too long. */
  @ParameterizedTest
  @CsvSource({"broadcast, 150, 100", "broadcast, 500, 1000", "hashed, 500, 100"})
  void wideRowsComeOutWhole(String form, int columns, int mostFields) {
    int each = columns / 2;
    String left = "(SELECT id, t" + columns("id", each) + ", k FROM l WHERE id < 30) l";
    String right = "(SELECT w" + columns("w", each) + ", t, k FROM r) r";
    String join = " LEFT JOIN %s ON l.k = r.k AND asof(l.t >= r.t)";
    List<Row> narrow =
        spark
            .sql("SELECT id, w FROM (SELECT * FROM l WHERE id < 30) l" + join.formatted("r"))
            .collectAsList();
    TestSession.withConf(
        spark,
        Map.of(
            "spark.sql.feathub.asOf.form",
            form,
            "spark.sql.codegen.maxFields",
            Integer.toString(mostFields),
            "spark.sql.codegen.fallback",
            "true"),
        () -> {
          Dataset<Row> joined =
              spark.sql("SELECT l.*, r.* FROM " + left + join.formatted(right) + " ORDER BY id");
          List<Row> rows = joined.collectAsList();
          assertThat(rows)
              .extracting(row -> RowFactory.create(row.get(0), row.getAs("w")))
              .isEqualTo(narrow);
          assertThat(rows)
              .allSatisfy(
                  row -> {
                    assertCounts(row, 0, 2, each);
                    assertCounts(row, row.fieldIndex("w"), row.fieldIndex("w") + 1, each);
                  });
          assertThat(generated(joined).findAny().isPresent()).isEqualTo(columns < mostFields);
        });
  }

  /** Columns that count up from a value. */
  private static String columns(String from, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ", %s + %d AS %s%d".formatted(from, i, from, i))
        .collect(Collectors.joining());
  }

  private static void assertCounts(Row row, int from, int first, int count) {
    for (int i = 0; i < count; i++) {
      Long expected = row.isNullAt(from) ? null : (Long) (row.getLong(from) + i);
      assertThat(row.get(first + i)).isEqualTo(expected);
    }
  }

  private static void assertGenerated(Dataset<Row> joined) {
    assertThat(generated(joined)).isNotEmpty();
  }

  /** Whether a join is in one loop with an operator below it. */
  private static boolean sharesItsLoopWith(
      Dataset<Row> joined, Class<? extends SparkPlan> operator) {
    return generated(joined)
        .flatMap(join -> inLoop(((AsOfJoinExec) join).left()))
        .anyMatch(operator::isInstance);
  }

  /** The joins that are in generated loops. */
  private static Stream<SparkPlan> generated(Dataset<Row> joined) {
    return ExecutedPlan.of(joined).operators(WholeStageCodegenExec.class).stream()
        .flatMap(stage -> inLoop(stage.child()))
        .filter(AsOfJoinExec.class::isInstance);
  }

  private static Stream<SparkPlan> inLoop(SparkPlan node) {
    return node instanceof InputAdapter
        ? Stream.of()
        : Stream.concat(
            Stream.of(node),
            ScalaCollections.list(node.children()).stream().flatMap(TestGeneratedAsOfJoin::inLoop));
  }
}
