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
import io.feathub.spark.benchmark.job.RangeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A job as SQL, over views of {@link JobFiles}' names. Windows are the same text everywhere; as-of
 * joins are what the contenders differ in.
 */
final class JobSql {
  private JobSql() {}

  /** FeatHub's: a LEFT JOIN for each facts table with asof() in its ON clause. */
  static String withAsOfFunction(Job job) {
    return withJoins(job, "LEFT JOIN", "asof(e.ts >= %s.ts)");
  }

  /** DuckDB's own join kind. */
  static String withAsOfJoin(Job job) {
    return withJoins(job, "ASOF LEFT JOIN", "e.ts >= %s.ts");
  }

  /**
   * By hand, at its best: events and the facts of all tables in one relation, and for each table
   * the last value that is not null among the rows up to the event.
   */
  static String withUnion(Job job) {
    if (job.facts().isEmpty()) {
      return withWindows(job, JobFiles.EVENTS);
    }
    List<String> left = job.events().columns();
    List<String> branches = new ArrayList<>();
    branches.add(select(left) + nullFacts(job, 0) + ", 1 AS is_event FROM " + JobFiles.EVENTS);
    for (Facts table : job.facts()) {
      branches.add(
          select(left.stream().map(JobSql::keyOrNull).toList())
              + nullFacts(job, table.number())
              + ", 0 AS is_event FROM "
              + JobFiles.name(table));
    }
    String over =
        " OVER ("
            + (job.keys() == AsOfKeys.ITEM ? "PARTITION BY item_id " : "")
            + "ORDER BY ts, is_event ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
    String lastValues =
        factColumns(job).stream()
            .map(column -> ", last_value(" + column + ") IGNORE NULLS" + over + " AS " + column)
            .collect(Collectors.joining());
    String joined =
        select(left)
            + lastValues
            + ", is_event FROM ("
            + String.join(" UNION ALL ", branches)
            + ")";
    return withWindows(job, "(SELECT * FROM (" + joined + ") WHERE is_event = 1)");
  }

  /**
   * As FeatHub does: every pair that could match, of which row_number keeps the latest. FeatHub
   * numbers the pairs of a key and a time, and so loses all but one of equal ones; here events have
   * numbers.
   */
  static String withRowNumber(Job job) {
    String from = JobFiles.EVENTS;
    List<String> columns = new ArrayList<>(job.events().columns());
    for (Facts table : job.facts()) {
      String equal = job.keys() == AsOfKeys.ITEM ? "e.item_id = f.item_id AND " : "";
      String facts =
          table.features().stream().map(column -> ", f." + column).collect(Collectors.joining());
      String pairs =
          String.format(
              "SELECT e.*%s, row_number() OVER (PARTITION BY e.event ORDER BY f.ts DESC) AS latest"
                  + " FROM (SELECT *, monotonically_increasing_id() AS event FROM %s) e"
                  + " LEFT JOIN %s f ON %se.ts >= f.ts",
              facts, from, JobFiles.name(table), equal);
      columns.addAll(table.features());
      from = "(" + select(columns) + " FROM (" + pairs + ") WHERE latest = 1)";
    }
    return withWindows(job, from);
  }

  /** The windows of a job over rows that have their facts already. */
  static String withWindows(Job job, String from) {
    List<String> columns = new ArrayList<>(job.events().columns());
    columns.addAll(factColumns(job));
    job.windows().forEach(window -> columns.add(over(window)));
    return select(columns) + " FROM " + from;
  }

  private static String withJoins(Job job, String join, String match) {
    List<String> columns =
        new ArrayList<>(job.events().columns().stream().map(name -> "e." + name).toList());
    StringBuilder from = new StringBuilder(JobFiles.EVENTS + " e");
    for (Facts table : job.facts()) {
      String name = JobFiles.name(table);
      table.features().forEach(column -> columns.add(name + "." + column));
      from.append(' ').append(join).append(' ').append(name).append(" ON ");
      if (job.keys() == AsOfKeys.ITEM) {
        from.append("e.item_id = ").append(name).append(".item_id AND ");
      }
      from.append(String.format(match, name));
    }
    return withWindows(job, "(" + select(columns) + " FROM " + from + ")");
  }

  private static String over(RangeWindow window) {
    return String.format(
        "%s(item_count * price) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN"
            + " INTERVAL %d SECONDS PRECEDING AND CURRENT ROW) AS %s",
        window.aggregate(), window.range().toSeconds(), window.column());
  }

  private static String select(List<String> columns) {
    return "SELECT " + String.join(", ", columns);
  }

  private static String keyOrNull(String column) {
    return column.equals("item_id") || column.equals("ts") ? column : "NULL AS " + column;
  }

  private static List<String> factColumns(Job job) {
    return job.facts().stream().flatMap(table -> table.features().stream()).toList();
  }

  /** The columns of all facts tables, of which only one table's own are not null. */
  private static String nullFacts(Job job, int number) {
    return job.facts().stream()
        .flatMap(
            table ->
                table.features().stream()
                    .map(
                        column ->
                            table.number() == number
                                ? ", " + column
                                : ", CAST(NULL AS DOUBLE) AS " + column))
        .collect(Collectors.joining());
  }
}
