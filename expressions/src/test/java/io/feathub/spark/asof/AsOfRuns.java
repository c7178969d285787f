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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Runs as-of joins of {@link RandomEvent}s, each time in the next form, with other settings and
 * with other partitions; fails if that form did not run.
 */
final class AsOfRuns {
  private final SparkSession spark;
  private final Random random;
  private final List<Form> forms;
  private int runs;
  private long found;
  private ExecutedPlan executed;

  /** How a join is made to run. */
  enum Form {
    BROADCAST("broadcast"),
    HASHED("hashed"),
    MERGED("merged"),
    KEY_ORDERED("auto");

    private final String key;

    Form(String key) {
      this.key = key;
    }
  }

  /**
   * What comes out for a left row.
   *
   * @param right the id of its match, or null
   */
  record Found(int left, Integer right) {}

  AsOfRuns(SparkSession spark, List<Form> forms, Random random) {
    this.spark = spark;
    this.forms = forms;
    this.random = random;
  }

  /** How many rows came out, of all runs. */
  long found() {
    return found;
  }

  /** The plan of the last run. */
  ExecutedPlan executed() {
    return executed;
  }

  List<Found> join(AsOfScenario scenario, List<RandomEvent> left, List<RandomEvent> right) {
    return joinEach(scenario, List.of(left), right);
  }

  /** The union of several left sides' joins. */
  List<Found> joinEach(
      AsOfScenario scenario, List<List<RandomEvent>> lefts, List<RandomEvent> right) {
    Form form = nextSettings();
    Dataset<Row> rightRows = frame(scenario, right, form);
    List<Dataset<Row>> joins = new ArrayList<>();
    for (List<RandomEvent> left : lefts) {
      joins.add(joined(scenario, frame(scenario, left, form), rightRows));
    }
    boolean few = right.size() < 2 || lefts.stream().anyMatch(left -> left.size() < 2);
    return run(scenario, joins, few ? namesOfFew(scenario, form) : names(scenario, form));
  }

  private static Set<String> names(AsOfScenario scenario, Form form) {
    return Set.of(scenario.operatorName(form));
  }

  /** Spark drops the sort of a side of one row, and with it the form that counts on it. */
  private static Set<String> namesOfFew(AsOfScenario scenario, Form form) {
    return form == Form.KEY_ORDERED
        ? Set.copyOf(List.of(scenario.operatorName(form), scenario.operatorName(Form.HASHED)))
        : names(scenario, form);
  }

  /** The union of the join under each of several filters. */
  List<Found> joinWhere(
      AsOfScenario scenario,
      List<RandomEvent> left,
      List<RandomEvent> right,
      List<String> conditions) {
    Form form = nextSettings();
    Dataset<Row> joined =
        joined(scenario, frame(scenario, left, form), frame(scenario, right, form));
    List<Dataset<Row>> filtered = conditions.stream().map(joined::where).toList();
    // The filter may leave one row.
    return run(scenario, filtered, namesOfFew(scenario, form));
  }

  /** Left rows that have an equal right time, by an ordinary join. */
  List<Found> joinOfEqualTimes(
      AsOfScenario scenario, List<RandomEvent> left, List<RandomEvent> right) {
    String asOf = scenario.condition().replaceAll("asof.*\\)", "l.t = r.t");
    return foundIn(
        frame(scenario, left, Form.HASHED)
            .alias("l")
            .join(frame(scenario, right, Form.HASHED).alias("r"), functions.expr(asOf), "left_semi")
            .selectExpr("id"));
  }

  /** The same join by Spark's own operators. */
  List<Found> joinThroughSpark(
      AsOfScenario scenario, List<RandomEvent> left, List<RandomEvent> right) {
    spark.conf().set("spark.sql.feathub.asOf.enabled", false);
    try {
      Dataset<Row> joined =
          joined(scenario, frame(scenario, left, Form.HASHED), frame(scenario, right, Form.HASHED))
              .selectExpr(columns(scenario));
      List<Found> rows = foundIn(joined);
      assertThat(ExecutedPlan.of(joined).contains(AsOfJoinExec.class)).isFalse();
      return rows;
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  private Form nextSettings() {
    Form form = forms.get(runs++ % forms.size());
    spark.conf().set("spark.sql.feathub.asOf.form", form.key);
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    spark.conf().set("spark.sql.adaptive.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.ansi.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.codegen.wholeStage", random.nextBoolean());
    return form;
  }

  private List<Found> run(
      AsOfScenario scenario, List<Dataset<Row>> joins, Set<String> operatorNames) {
    Dataset<Row> all =
        joins.stream()
            .map(joined -> joined.selectExpr(columns(scenario)))
            .reduce(Dataset::unionAll)
            .orElseThrow();
    List<Found> rows = foundIn(all);
    executed = ExecutedPlan.of(all);
    assertThat(executed.operators(AsOfJoinExec.class))
        .as(scenario.toString())
        .hasSize(joins.size())
        .extracting(AsOfJoinExec::nodeName)
        .isSubsetOf(operatorNames);
    AgainstSpark.assertSortsNothing(all);
    found += rows.size();
    return rows;
  }

  private static String[] columns(AsOfScenario scenario) {
    return scenario.emitsRight() ? new String[] {"l.id", "r.id"} : new String[] {"l.id"};
  }

  private static List<Found> foundIn(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                new Found(
                    row.getInt(0), row.length() < 2 || row.isNullAt(1) ? null : row.getInt(1)))
        .toList();
  }

  private static Dataset<Row> joined(AsOfScenario scenario, Dataset<Row> left, Dataset<Row> right) {
    return left.alias("l")
        .join(right.alias("r"), functions.expr(scenario.condition()), scenario.how());
  }

  private Dataset<Row> frame(AsOfScenario scenario, List<RandomEvent> events, Form form) {
    Dataset<Row> rows =
        spark
            .createDataFrame(events.stream().map(RandomEvent::row).toList(), RandomEvent.SCHEMA)
            .selectExpr("n", "k", "g", scenario.timeType().of("b") + " AS t", "v", "id");
    List<String> keys = scenario.keys().columns();
    if (form != Form.KEY_ORDERED || keys.isEmpty()) {
      int partitions = random.nextInt(3);
      return partitions == 0 ? rows : rows.repartition(partitions);
    }
    List<Column> order = new ArrayList<>(keys.stream().map(functions::col).toList());
    Column[] clustered = order.toArray(new Column[0]);
    order.add(functions.col("t"));
    return rows.repartition(clustered).sortWithinPartitions(order.toArray(new Column[0]));
  }
}
