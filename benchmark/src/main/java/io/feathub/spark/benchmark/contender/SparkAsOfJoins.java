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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Jobs by Spark's own node for as-of joins, by the call that merge_asof of pandas on Spark makes.
 * It is the same in every session: Spark alone rewrites the node to a correlated subquery, FeatHub
 * plans it as its own join.
 */
final class SparkAsOfJoins {
  private SparkAsOfJoins() {}

  static Dataset<Row> answer(SparkSession session, Job job) {
    Dataset<Row> rows = session.table(JobFiles.EVENTS);
    for (Facts table : job.facts()) {
      rows = join(rows, session.table(JobFiles.name(table)), job.keys(), table.columns());
    }
    rows.createOrReplaceTempView("joined");
    return session.sql(JobSql.withWindows(job, "joined"));
  }

  private static Dataset<Row> join(
      Dataset<Row> left, Dataset<Row> right, AsOfKeys keys, List<String> columns) {
    Dataset<Row> renamed =
        right
            .selectExpr(columns.toArray(String[]::new))
            .withColumnRenamed("item_id", "fact_item")
            .withColumnRenamed("ts", "fact_ts");
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
