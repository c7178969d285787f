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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.FetchFailed;
import org.apache.spark.TaskCommitDenied;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tasks and whole stages that are run again, below and above a join with ties, and get their rows
 * in another order then: the rows that come out are the same, to the byte.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestRetriedAsOfJoin {
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String ABOVE = "above";

  private final Map<String, List<String>> undisturbed = new HashMap<>();
  private final FailedTasks failedTasks = new FailedTasks();
  private SparkSession spark;

  @BeforeAll
  void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.sparkContext().addSparkListener(failedTasks);
    // More tasks than run at a time, so that some of them start after a failure.
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
  }

  /** The application is shared with other tests. */
  @AfterAll
  void restore() {
    spark.sparkContext().removeSparkListener(failedTasks);
  }

  @ParameterizedTest
  @CsvSource({
    "hashed, OF_A_TASK",
    "hashed, OF_FETCHES",
    "merged, OF_A_TASK",
    "merged, OF_FETCHES",
    "broadcast, OF_A_TASK",
    "broadcast, OF_FETCHES"
  })
  void givesTheSameRows(String form, Failure failure) throws Exception {
    List<String> expected = undisturbed.computeIfAbsent(form, key -> run(key, failure, List.of()));
    assertThat(expected).hasSize(60).anyMatch(row -> row.contains("-0.0"));

    for (List<String> places : List.of(List.of(LEFT, RIGHT), List.of(ABOVE))) {
      failedTasks.counted.set(0);

      assertThat(run(form, failure, places)).isEqualTo(expected);
      spark.sparkContext().listenerBus().waitUntilEmpty();
      assertThat(Failure.allHappened()).isTrue();
      assertThat(failedTasks.counted).as("%s %s", failure, places).hasPositiveValue();
    }
  }

  private List<String> run(String form, Failure failure, List<String> places) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    Failure.plan(places);
    failing(LEFT, failure, "SELECT id, id % 6 AS k, id AS t FROM range(0, 60, 1, 4)")
        .createOrReplaceTempView("l");
    failing(RIGHT, failure, tied()).createOrReplaceTempView("r");
    Dataset<Row> joined =
        spark.sql(
            "SELECT l.id, r.t, r.c, r.z, r.m FROM l LEFT JOIN (SELECT k, t,"
                + " c COLLATE UTF8_LCASE AS c, z, m FROM r) r ON l.k = r.k AND asof(l.t >= r.t)");
    JavaRDD<Row> rows = joined.toJavaRDD().mapPartitions(all -> failure.in(ABOVE, all));
    List<String> found = AgainstSpark.sorted(rows.collect());
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .extracting(AsOfJoinExec::nodeName)
        .allMatch(name -> name.equalsIgnoreCase(form + "AsOfJoin"));
    return found;
  }

  /**
   * Of a key and time: rows that differ only in bytes, and rows that do not differ at all. Spark
   * would make one of two branches that are 0.0 and -0.0.
   */
  private static String tied() {
    return "SELECT id % 5 AS k, id DIV 80 * 10 AS t, IF(id DIV 5 % 2 = 0, 'a', 'A') AS c,"
        + " (id DIV 10 % 2 - 0.5D) * 0.0D AS z, map('a', id DIV 20 % 2) AS m"
        + " FROM range(0, 400, 1, 4)";
  }

  /** Rows from behind a shuffle of their own. */
  private Dataset<Row> failing(String place, Failure failure, String query) {
    Dataset<Row> rows = spark.sql(query);
    JavaRDD<Row> read = rows.toJavaRDD().mapPartitions(Failure::reversedWhenReadAgain);
    Dataset<Row> shuffled =
        spark
            .createDataFrame(read, rows.schema())
            .repartition(4, functions.col("k"), functions.col("t"));
    JavaRDD<Row> failing =
        shuffled
            .toJavaRDD()
            .mapPartitions(all -> failure.in(place, Failure.reversedWhenReadAgain(all)));
    return spark.createDataFrame(failing, rows.schema());
  }

  private static final class FailedTasks extends SparkListener {
    private final AtomicInteger counted = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.reason() instanceof FetchFailed || task.reason() instanceof TaskCommitDenied) {
        counted.incrementAndGet();
      }
    }
  }
}
