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

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As-of joins below and above what Spark prunes, coalesces and decorrelates: the same rows as
 * through its own operators, and right rows are never pruned by what is joined above.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfNeighbours {
  private SparkSession spark;

  @BeforeAll
  void createTables(@TempDir Path directory) {
    spark = TestSession.with(AsOfExtension::install);
    write(directory, "l", 400, "id", "id % 7 AS k", "id * 13 % 211 AS t", "id % 4 AS p");
    write(directory, "r", 300, "id AS w", "id % 8 AS k", "id * 7 % 199 AS t", "id % 5 AS p");
    spark
        .range(0, 5)
        .selectExpr("id AS p", "IF(id = 2, 'yes', concat('no', id)) AS name", "id * 60 AS w")
        .write()
        .parquet(directory.resolve("d").toString());
    spark.read().parquet(directory.resolve("d").toString()).createOrReplaceTempView("d");
  }

  private void write(Path directory, String name, long rows, String... columns) {
    String path = directory.resolve(name).toString();
    spark.range(0, rows, 1, 2).selectExpr(columns).write().partitionBy("p").parquet(path);
    spark.read().parquet(path).createOrReplaceTempView(name);
  }

  @BeforeEach
  void setDefaults() {
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    spark.conf().unset("spark.sql.autoBroadcastJoinThreshold");
    spark.conf().unset("spark.sql.optimizer.runtime.bloomFilter.applicationSideScanSizeThreshold");
  }

  private void setForm(String form) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
  }

  /** The pruned side, and whether its scan skips partitions at run time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          l | SELECT e.id, r.w FROM (SELECT l.* FROM l JOIN d ON l.p = d.p WHERE d.name = 'yes') e LEFT JOIN r ON e.k = r.k AND asof(e.t >= r.t)
          r | SELECT l.id, e.w FROM l LEFT JOIN (SELECT r.* FROM r JOIN d ON r.p = d.p WHERE d.name = 'yes') e ON l.k = e.k AND asof(l.t >= e.t)
          """)
  void inputsArePrunedAtRunTime(String side, String query) {
    for (String form : List.of("broadcast", "hashed")) {
      for (String adaptive : List.of("true", "false")) {
        setForm(form);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);

        assertThat(prunedScans(joined)).as(query).containsExactly(side);
      }
    }
  }

  /** Each left row has to find its match first, whatever becomes of it then. */
  @ParameterizedTest
  @ValueSource(strings = {"rp = d.p", "lp = d.p", "e.w = d.w", "k = d.p", "rp = d.p AND lp = d.p"})
  void rightRowsAreNotPrunedByAJoinAbove(String condition) {
    String query =
        "SELECT e.id, e.w, d.name FROM (SELECT l.id, l.k, l.p lp, r.w, r.p rp FROM l %s r"
            + " ON l.k = r.k AND asof(l.t >= r.t)) e JOIN d ON "
            + condition
            + " WHERE d.name = 'yes'";
    for (String form : List.of("broadcast", "hashed")) {
      for (String kind : List.of("LEFT JOIN", "JOIN")) {
        setForm(form);
        Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query.formatted(kind));

        assertThat(prunedScans(joined)).doesNotContain("r");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e.w = d.w", "e.id = d.w", "e.k = d.p"})
  void norByARuntimeFilter(String condition) {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    spark
        .conf()
        .set("spark.sql.optimizer.runtime.bloomFilter.applicationSideScanSizeThreshold", "0");
    setForm("hashed");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT e.id, e.w, d.name FROM (SELECT l.id, l.k, r.w FROM l LEFT JOIN r"
                + " ON l.k = r.k AND asof(l.t >= r.t)) e JOIN d ON "
                + condition
                + " WHERE d.name = 'yes'");

    String plan = ExecutedPlan.queryExecution(joined).optimizedPlan().toString();
    assertThat(plan).contains("might_contain");
    assertThat(plan.substring(plan.indexOf("FeathubAsOfJoin"))).doesNotContain("might_contain");
  }

  /** Which of the two tables are read with a filter that is known at run time only. */
  private static List<String> prunedScans(Dataset<Row> rows) {
    List<String> pruned = new ArrayList<>();
    ExecutedPlan.of(rows).operators(SparkPlan.class).forEach(node -> addPruned(node, pruned));
    return pruned;
  }

  /** What adaptive execution has broadcast lies behind a leaf. */
  private static void addPruned(SparkPlan node, List<String> pruned) {
    if (node instanceof FileSourceScanExec scan
        && scan.partitionFilters().toString().contains("dynamicpruning")) {
      pruned.add(scan.relation().location().rootPaths().head().getName());
    }
    if (node instanceof BroadcastIndexExec index) {
      SparkPlan stage = (SparkPlan) index.innerChildren().head();
      PlanTraversal.visitExecuted(stage, inner -> addPruned(inner, pruned));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1B", "1KB", "64MB"})
  void bothSidesAreCoalescedAlike(String advisorySize) {
    setForm("hashed");
    TestSession.withConf(
        spark,
        Map.of(
            "spark.sql.adaptive.coalescePartitions.initialPartitionNum", "40",
            "spark.sql.adaptive.coalescePartitions.parallelismFirst", "false",
            "spark.sql.adaptive.coalescePartitions.minPartitionSize", "1B",
            "spark.sql.adaptive.advisoryPartitionSizeInBytes", advisorySize),
        () -> {
          for (String nothing : List.of("l.t < 0 - rand()", "r.t < 0 - rand()", "")) {
            checkCoalesced(nothing);
          }
        });
  }

  /** Also where a side has no row at all. */
  private void checkCoalesced(String nothing) {
    String left = nothing.startsWith("l.") ? "(SELECT * FROM l WHERE " + nothing + ")" : "l";
    String right = nothing.startsWith("r.") ? "(SELECT * FROM r WHERE " + nothing + ")" : "r";
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT k, count(*), sum(w) FROM (SELECT l.k, r.w FROM "
                + left
                + " l LEFT JOIN "
                + right
                + " r ON l.k = r.k AND asof(l.t >= r.t)) GROUP BY k");

    ShuffledAsOfJoinExec join =
        ExecutedPlan.of(joined).operators(ShuffledAsOfJoinExec.class).get(0);
    assertThat(ScalaCollections.list(join.children()))
        .as(join.toString())
        .allSatisfy(
            side ->
                assertThat(side.outputPartitioning().numPartitions())
                    .isEqualTo(join.left().outputPartitioning().numPartitions()));
    assertThat(ExecutedPlan.of(joined).operators(AQEShuffleReadExec.class)).isNotEmpty();
    assertThat(ExecutedPlan.of(joined).meetsItsRequirements()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p, (SELECT sum(r.w) FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
            + " WHERE l.p = d.p) FROM d",
        "SELECT p, (SELECT sum(r.w) FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
            + " WHERE r.p = d.p AND l.t < d.w) FROM d",
        "SELECT * FROM d WHERE EXISTS (SELECT 1 FROM l JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
            + " WHERE r.w = d.w)",
        "SELECT * FROM d WHERE NOT EXISTS (SELECT 1 FROM l LEFT JOIN r ON l.k = r.k"
            + " AND asof(l.t >= r.t) WHERE l.p = d.p AND r.w > d.w)",
        "SELECT * FROM d WHERE w IN (SELECT r.w FROM l LEFT JOIN r ON l.k = r.k"
            + " AND asof(l.t <= r.t) WHERE l.p = d.p)",
        "SELECT d.p, x.* FROM d JOIN LATERAL (SELECT l.id, r.w FROM l LEFT JOIN r ON l.k = r.k"
            + " AND asof(l.t >= r.t) WHERE l.p = d.p AND l.id < 40) x",
        "SELECT d.p, x.* FROM d LEFT JOIN LATERAL (SELECT max(r.w) FROM l LEFT JOIN r ON l.k = r.k"
            + " AND asof_nearest(l.t, r.t) WHERE l.p = d.p) x ON true",
        "SELECT d.p, (SELECT count(*) FROM l LEFT SEMI JOIN r ON l.k = r.k AND asof(l.t >= r.t, 3)"
            + " WHERE l.p = d.p) FROM d"
      })
  void subqueriesReadTheOuterQueryAboveTheJoin(String query) {
    for (String form : List.of("broadcast", "hashed")) {
      setForm(form);
      AgainstSpark.assertSameRows(spark, query);
    }
  }
}
