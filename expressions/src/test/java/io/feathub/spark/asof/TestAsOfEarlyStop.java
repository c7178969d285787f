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

import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.io.File;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A join that is short of memory, and of which not all rows are taken, leaves no file and no memory
 * behind.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfEarlyStop {
  private static final long MEGABYTE = 1 << 20;
  private static final int ALL_RIGHT_ROWS = 30_000;
  private static final String SPILL_THRESHOLD =
      "spark.shuffle.spill.numElementsForceSpillThreshold";
  private static final String GROUP = "stopped as-of joins";

  /** Tasks run in this JVM, so that they meet the test here. */
  private static final AtomicInteger RIGHT_ROWS = new AtomicInteger();

  private static CountDownLatch reached;
  private static CountDownLatch taskEnded;

  private SparkSession spark;
  private Set<File> before;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    SparkEnv.get().conf().set(SPILL_THRESHOLD, "1000");
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    // One task that reads the right side and joins it, without an exchange between.
    spark.conf().set("spark.sql.defaultSizeInBytes", "1000000");
    Dataset<Row> left =
        spark.sql(
            "SELECT id, id % 401 AS k, timestamp_seconds(id * 7919 % 10007) AS ts,"
                + " rpad(id, 100, 'x') AS text FROM range(0, 8000, 1, 1)");
    Dataset<Row> right =
        spark.sql(
            "SELECT id % 401 AS k, timestamp_seconds(id * 104729 % 10007) AS ts, id AS version,"
                + " rpad(id, 50, 'x') AS value FROM range(0, "
                + ALL_RIGHT_ROWS
                + ", 1, 1)");
    left.coalesce(1).createOrReplaceTempView("l");
    JavaRDD<Row> waiting = left.toJavaRDD().mapPartitions(rows -> untilCancelled(5000, rows));
    spark
        .createDataFrame(waiting, left.schema())
        .coalesce(1)
        .createOrReplaceTempView("l_that_stops");
    JavaRDD<Row> hungry =
        right
            .toJavaRDD()
            .map(TestAsOfEarlyStop::counted)
            .mapPartitions(rows -> MemoryHog.allow(2 * MEGABYTE, rows));
    spark.createDataFrame(hungry, right.schema()).coalesce(1).createOrReplaceTempView("r");
  }

  /** The application is shared with other tests. */
  @AfterAll
  void restore() {
    SparkEnv.get().conf().remove(SPILL_THRESHOLD);
  }

  @BeforeEach
  void rememberFiles() {
    before = temporaryFiles();
    RIGHT_ROWS.set(0);
    reached = new CountDownLatch(1);
    taskEnded = new CountDownLatch(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          merged | asof(l.ts >= r.ts)
          blocks | asof_nearest(l.ts, r.ts)
          """)
  void aLimitLeavesNothingBehind(String metric, String condition) {
    Dataset<Row> joined = spark.sql(query("l", condition) + " LIMIT 3");

    assertThat(joined.collectAsList()).hasSize(3);

    AsOfJoinExec join = ExecutedPlan.of(joined).operators(AsOfJoinExec.class).get(0);
    assertThat(join.longMetric("numOutputRows").value()).isLessThan(8000);
    assertThat(join.longMetric(metric).value()).isPositive();
    assertThat(join.longMetric("spillSize").value()).isPositive();
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asof(l.ts >= r.ts)", "asof_nearest(l.ts, r.ts)"})
  void aJobThatIsCancelledWhileItReadsLeavesNothingBehind(String condition) throws Exception {
    Dataset<Row> joined = spark.sql(query("l_that_stops", condition));

    cancel(joined::collectAsList);

    assertNothingIsLeft();
  }

  @Test
  void aCancelledJobTakesNoFurtherBlocks() throws Exception {
    Dataset<Row> joined = spark.sql(query("l_that_stops", "asof_nearest(l.ts, r.ts)"));

    cancel(joined::collectAsList);

    assertThat(RIGHT_ROWS).hasValueLessThan(ALL_RIGHT_ROWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asof(l.ts >= r.ts)", "asof_nearest(l.ts, r.ts)"})
  void aJobThatIsCancelledWhileItsRowsAreTakenLeavesNothingBehind(String condition)
      throws Exception {
    JavaRDD<Row> joined = spark.sql(query("l", condition)).toJavaRDD();

    cancel(() -> joined.mapPartitions(rows -> untilCancelled(10, rows)).count());

    assertNothingIsLeft();
  }

  private static String query(String left, String condition) {
    return "SELECT l.*, r.version, r.value FROM "
        + left
        + " l JOIN r ON l.k = r.k AND "
        + condition;
  }

  /** Runs a job, and cancels it when it has come to where it waits for that. */
  private void cancel(Runnable job) throws Exception {
    SparkListener listener = new TaskEnds();
    spark.sparkContext().addSparkListener(listener);
    try {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                spark.sparkContext().setJobGroup(GROUP, "", true);
                job.run();
              });
      try {
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(temporaryFiles()).as("spilled so far").hasSizeGreaterThan(before.size());
      } finally {
        spark.sparkContext().cancelJobGroup(GROUP);
      }
      assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS)).hasMessageContaining(GROUP);
      assertThat(taskEnded.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
  }

  private static Row counted(Row row) {
    RIGHT_ROWS.incrementAndGet();
    return row;
  }

  private static <T> Iterator<T> untilCancelled(int count, Iterator<T> rows) {
    return new Iterator<>() {
      private int given;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public T next() {
        if (given++ == count) {
          reached.countDown();
          awaitInterrupt();
        }
        return rows.next();
      }
    };
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertNothingIsLeft() {
    assertThat(temporaryFiles()).isSubsetOf(before);
    assertThat(SparkEnv.get().memoryManager().executionMemoryUsed()).isZero();
  }

  /** Those of sorters and of left rows that wait. */
  private static Set<File> temporaryFiles() {
    return ScalaCollections.list(SparkEnv.get().blockManager().diskBlockManager().getAllFiles())
        .stream()
        .filter(file -> file.getName().startsWith("temp_"))
        .collect(Collectors.toSet());
  }

  private static final class TaskEnds extends SparkListener {
    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      taskEnded.countDown();
    }
  }
}
