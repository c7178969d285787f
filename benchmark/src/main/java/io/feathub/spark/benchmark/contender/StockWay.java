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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.JobFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Spark without FeatHub, by hand. */
enum StockWay implements SparkContender.Way {
  /** Union and last_value; sliding windows as Spark has them by default. */
  UNION {
    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withUnion(job));
    }
  },

  /** The same with Spark's segment trees, which are off by default. */
  SEGMENT_TREE {
    @Override
    Map<String, String> conf() {
      return Map.of("spark.sql.window.segmentTree.enabled", "true");
    }

    @Override
    public Optional<String> declines(Job job) {
      return job.windows().isEmpty()
          ? Optional.of("there is no window in this job")
          : Optional.empty();
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withUnion(job));
    }
  },

  /** An inequality join, and row_number. */
  ROW_NUMBER {
    @Override
    public Optional<String> declines(Job job) {
      return withoutAsOf(job);
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withRowNumber(job));
    }
  },

  /** The as-of join that pandas on Spark uses, which Spark rewrites to a correlated subquery. */
  AS_OF_JOIN {
    @Override
    public Optional<String> declines(Job job) {
      return withoutAsOf(job);
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      Dataset<Row> rows = session.table(JobFiles.EVENTS);
      for (Facts table : job.facts()) {
        rows = join(rows, session.table(JobFiles.name(table)), job.keys(), table.column());
      }
      rows.createOrReplaceTempView("joined");
      return session.sql(JobSql.withWindows(job, "joined"));
    }

    /** The aggregate that finds the latest fact, above all pairs. */
    @Override
    public Evidence evidence(Job job) {
      return new Evidence(List.of("SortAggregateExec"), FEATHUBS_OWN);
    }
  };

  private static final Pattern FEATHUBS_OWN = Pattern.compile(".*AsOf.*|StreamingWindow.*");

  Map<String, String> conf() {
    return Map.of();
  }

  @Override
  public Optional<String> declines(Job job) {
    return Optional.empty();
  }

  /** That a window used segment trees cannot be seen in a plan, only that the session allows it. */
  @Override
  public Evidence evidence(Job job) {
    return new Evidence(List.of("WindowExec"), FEATHUBS_OWN);
  }

  private static Optional<String> withoutAsOf(Job job) {
    return job.facts().isEmpty()
        ? Optional.of("there is no as-of join in this job")
        : Optional.empty();
  }

  private static Dataset<Row> join(
      Dataset<Row> left, Dataset<Row> right, AsOfKeys keys, String fact) {
    Dataset<Row> renamed = right.toDF("fact_item", "fact_ts", fact);
    Column equal =
        keys == AsOfKeys.ITEM ? left.col("item_id").equalTo(renamed.col("fact_item")) : null;
    return classic(left)
        .joinAsOf(
            classic(renamed),
            left.col("ts"),
            renamed.col("fact_ts"),
            equal,
            "left",
            null,
            true,
            "backward")
        .drop("fact_item", "fact_ts");
  }

  private static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> rows) {
    return (org.apache.spark.sql.classic.Dataset<Row>) rows;
  }
}
