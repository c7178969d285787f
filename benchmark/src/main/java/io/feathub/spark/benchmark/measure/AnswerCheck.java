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
package io.feathub.spark.benchmark.measure;

import io.feathub.spark.benchmark.job.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the rows that contenders wrote, in one job of stock Spark.
 *
 * <p>Rows of all contenders are grouped by a hash of the columns of the events. In every group each
 * contender must have the same number of rows, and every feature the same value: features are
 * functions of the event's columns, see {@link Job}. A pass-through column that a contender got
 * wrong gives a group that others do not have.
 */
final class AnswerCheck {
  private static final int EXAMPLES = 3;

  private final SparkSession session;

  AnswerCheck(SparkSession session) {
    this.session = session;
  }

  /** How much answers have to agree. */
  enum Agreement {
    TO_THE_BIT("low_%1$s = high_%1$s"),
    /** Strictly less, as NaN and the infinities are not close to anything but themselves. */
    TO_1E12(
        "low_%1$s = high_%1$s OR high_%1$s - low_%1$s"
            + " < 1e-12D * greatest(abs(low_%1$s), abs(high_%1$s))");

    private final String condition;

    Agreement(String condition) {
      this.condition = condition;
    }
  }

  /** Answers differ; the message shows rows that do. */
  static final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswer(String message) {
      super(message);
    }
  }

  /**
   * Throws {@link WrongAnswer} unless all answers agree.
   *
   * @param answers directories of Parquet files by contender
   * @return the rows of one answer
   */
  long compare(Job job, Map<String, Path> answers, Agreement agreement) {
    Dataset<Row> groups = groups(job, answers);
    Row counts =
        groups
            .selectExpr(
                "coalesce(sum(rows), 0)", "count_if(NOT (" + agrees(job, agreement, answers) + "))")
            .collectAsList()
            .get(0);
    if (counts.getLong(1) > 0) {
      throw new WrongAnswer(
          counts.getLong(1)
              + " groups of equal events have different features. Of these:\n"
              + examples(job, answers, groups, agreement));
    }
    long rows = counts.getLong(0) / answers.size();
    if (rows != job.events().rows()) {
      throw new WrongAnswer(rows + " rows in each answer for " + job.events().rows() + " events");
    }
    return rows;
  }

  /** Throws {@link WrongAnswer} unless files of Parquet have so many rows. */
  void requireRows(Path directory, long rows) {
    long found = session.read().parquet(directory.toString()).count();
    if (found != rows) {
      throw new WrongAnswer("It wrote " + found + " rows for " + rows + " events");
    }
  }

  /**
   * One row per group: {@code event, rows, rows_0..}, and of each feature {@code low_.., high_..,
   * values_.., negative_zeros_..}.
   */
  private Dataset<Row> groups(Job job, Map<String, Path> answers) {
    List<String> aggregates = new ArrayList<>();
    aggregates.add("count(*) AS rows");
    for (int i = 0; i < answers.size(); i++) {
      aggregates.add("count_if(contender = " + i + ") AS rows_" + i);
    }
    for (String feature : job.features()) {
      aggregates.add("min(" + feature + ") AS low_" + feature);
      aggregates.add("max(" + feature + ") AS high_" + feature);
      aggregates.add("count(" + feature + ") AS values_" + feature);
      aggregates.add("count_if(" + isNegativeZero(feature) + ") AS negative_zeros_" + feature);
    }
    union(job, answers).createOrReplaceTempView("answers");
    return session.sql(
        "SELECT event, " + String.join(", ", aggregates) + " FROM answers GROUP BY event");
  }

  private Dataset<Row> union(Job job, Map<String, Path> answers) {
    List<String> columns = new ArrayList<>();
    columns.add("xxhash64(" + String.join(", ", normalised(job)) + ") AS event");
    for (String feature : job.features()) {
      columns.add("CAST(" + feature + " AS DOUBLE) AS " + feature);
    }
    Dataset<Row> union = null;
    int number = 0;
    for (Path answer : answers.values()) {
      Dataset<Row> read = session.read().parquet(answer.toString());
      requireColumns(job, answer, read);
      Dataset<Row> rows =
          read.selectExpr(columns.toArray(String[]::new)).selectExpr("*", number + " AS contender");
      union = union == null ? rows : union.unionAll(rows);
      number++;
    }
    return union;
  }

  /** Engines write times with and without a zone, and counts of several widths. */
  private static List<String> normalised(Job job) {
    return job.events().columns().stream()
        .map(
            column ->
                switch (column) {
                  case "user_id", "item_id" -> "CAST(" + column + " AS STRING)";
                  case "item_count" -> "CAST(item_count AS INT)";
                  case "ts" -> "CAST(ts AS TIMESTAMP)";
                  default -> "CAST(" + column + " AS DOUBLE)";
                })
        .toList();
  }

  private static void requireColumns(Job job, Path answer, Dataset<Row> rows) {
    if (!List.of(rows.columns()).equals(job.columns())) {
      throw new WrongAnswer(
          answer.getFileName()
              + " has the columns "
              + List.of(rows.columns())
              + ", not "
              + job.columns());
    }
  }

  private static String agrees(Job job, Agreement agreement, Map<String, Path> answers) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      conditions.add("rows_" + i + " * " + answers.size() + " = rows");
    }
    for (String feature : job.features()) {
      conditions.add(
          String.format(
              "(values_%1$s = 0 OR values_%1$s = rows AND (%2$s)"
                  + " AND negative_zeros_%1$s IN (0, rows))",
              feature, String.format(agreement.condition, feature)));
    }
    return String.join(" AND ", conditions);
  }

  /** Spark's comparisons and hashes take the two zeroes for equal. */
  private static String isNegativeZero(String feature) {
    return feature + " = 0 AND CAST(" + feature + " AS STRING) = '-0.0'";
  }

  private String examples(
      Job job, Map<String, Path> answers, Dataset<Row> groups, Agreement agreement) {
    List<Row> wrong =
        groups
            .where("NOT (" + agrees(job, agreement, answers) + ")")
            .orderBy("event")
            .select("event")
            .limit(EXAMPLES)
            .collectAsList();
    String events =
        wrong.stream().map(row -> Long.toString(row.getLong(0))).collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder();
    String hash = "xxhash64(" + String.join(", ", normalised(job)) + ")";
    answers.forEach(
        (contender, path) ->
            session
                .read()
                .parquet(path.toString())
                .where(hash + " IN (" + events + ")")
                .orderBy("user_id", "ts")
                .limit(EXAMPLES)
                .selectExpr("to_json(struct(*), map('ignoreNullFields', 'false'))")
                .collectAsList()
                .forEach(
                    row ->
                        text.append(contender).append(": ").append(row.getString(0)).append('\n')));
    return text.toString();
  }
}
