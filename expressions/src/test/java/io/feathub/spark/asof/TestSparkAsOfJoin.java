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

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spark's own node, which pandas-on-Spark makes, on our operator: the rows are those of stock
 * Spark. No two right rows of a key have the same time or are equally close: Spark would take
 * either. Many joins run in one job, which is what takes the time here.
 */
class TestSparkAsOfJoin {
  private static final long EDGE = 7;
  private static final List<String> HINTS = List.of("broadcast", "shuffle_hash", "merge");

  private static final List<Asked> EDGES =
      both(Kind.within(Kind.LEFT, Long.toString(EDGE)), Kind.within(Kind.INNER, null));

  /** What these joins give, by their keys. */
  private static final Map<List<String>, List<Row>> STOCK_ROWS = new HashMap<>();

  private static SparkSession stock;
  private static SparkSession spark;

  /** How a join is made to run. */
  enum Form {
    BROADCAST("broadcast", "BroadcastAsOfJoin"),
    HASHED("hashed", "HashedAsOfJoin"),
    MERGED("merged", "MergedAsOfJoin"),
    KEY_ORDERED("merged", "KeyOrderedAsOfJoin"),
    KEYLESS("hashed", "HashedAsOfJoin"),
    KEYLESS_MERGED("merged", "MergedAsOfJoin"),
    KEYLESS_BROADCAST("broadcast", "BroadcastAsOfJoin");

    private final String key;
    private final String operator;

    Form(String key, String operator) {
      this.key = key;
      this.operator = operator;
    }

    List<String> keys() {
      return name().startsWith("KEYLESS") ? List.of() : List.of("k");
    }

    /** The nearest row cannot be merged. */
    String operator(Kind kind) {
      return kind.isNearest() && operator.equals("MergedAsOfJoin") ? "HashedAsOfJoin" : operator;
    }
  }

  private record Kind(String direction, boolean exact, String how) {
    static final List<Kind> LEFT = ofAll("left");
    static final List<Kind> INNER = ofAll("inner");

    private static List<Kind> ofAll(String how) {
      return Stream.of("backward", "forward", "nearest")
          .flatMap(
              direction -> Stream.of(true, false).map(exact -> new Kind(direction, exact, how)))
          .toList();
    }

    boolean isNearest() {
      return direction.equals("nearest");
    }

    static List<Asked> within(List<Kind> kinds, String tolerance) {
      return kinds.stream().map(kind -> new Asked(kind, tolerance)).toList();
    }
  }

  /**
   * A join.
   *
   * @param tolerance null if there is none
   */
  private record Asked(Kind kind, String tolerance) {
    Dataset<Row> of(Dataset<Row> left, Dataset<Row> right, List<String> keys) {
      return ((org.apache.spark.sql.classic.Dataset<Row>) left)
          .joinAsOf(
              (org.apache.spark.sql.classic.Dataset<Row>) right,
              left.col("l"),
              right.col("r"),
              keys.stream()
                  .map(key -> left.col(key).equalTo(right.col(key)))
                  .reduce(Column::and)
                  .orElse(null),
              kind.how(),
              tolerance == null ? null : expr(tolerance),
              kind.exact(),
              kind.direction())
          .select(functions.lit(toString()), expr("id"), expr("r_id"), expr("l"), expr("r"));
    }

    /**
     * What has to run. There is no merge of the nearest row nor of conditions on both sides, such
     * as a tolerance that is no distance to us.
     */
    String operator(String hint, boolean encoded, boolean isDistance) {
      boolean merges = encoded && !kind.isNearest() && (tolerance == null || isDistance);
      return switch (hint) {
        case "broadcast" -> "BroadcastAsOfJoin";
        case "merge" -> merges ? "MergedAsOfJoin" : "HashedAsOfJoin";
        default -> "HashedAsOfJoin";
      };
    }
  }

  @BeforeAll
  static void startSessions() {
    stock = TestSession.stock();
    spark = TestSession.with(AsOfExtension::install);
    for (SparkSession session : List.of(stock, spark)) {
      session.conf().set("spark.sql.datetime.java8API.enabled", "true");
      session.conf().set("spark.sql.shuffle.partitions", "2");
      // With each stage it would plan all joins of the job anew.
      session.conf().set("spark.sql.adaptive.enabled", "false");
    }
    // Of so few rows compiling would take the longest.
    stock.conf().set("spark.sql.codegen.wholeStage", "false");
    stock.conf().set("spark.sql.planChangeValidation", "false");
  }

  /**
   * @param isDistance whether we take the tolerance for a distance, which is faster than to test it
   *     on pairs of rows
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL 7 SECONDS | true
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL '0 00:00:06.5' DAY TO SECOND | true
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL '1' DAY | true
          CAST(TIMESTAMP_MICROS(t * 1000000) AS TIMESTAMP_NTZ) | INTERVAL 7 SECONDS | true
          DATE_FROM_UNIX_DATE(CAST(t AS INT)) | INTERVAL 7 DAYS | true
          DATE_FROM_UNIX_DATE(CAST(t AS INT)) | INTERVAL 36 HOURS | false
          t | 7 | true
          t | 7L | true
          CAST(t AS INT) | 7 | true
          CAST(t AS INT) | 7.5 | true
          CAST(t AS DOUBLE) | 7.0D | false
          CAST(t AS FLOAT) / 10 | 0.7D | false
          CAST(t AS DECIMAL(12, 2)) | 7.25 | true
          CAST(t AS DECIMAL(30, 2)) | 7 | true
          """)
  void givesTheRowsOfStockSpark(String time, String tolerance, boolean isDistance) {
    createViews(time);
    assertSameRows(
        both(Kind.within(Kind.LEFT, tolerance), Kind.within(Kind.LEFT.subList(0, 3), null)),
        isDistance);
  }

  /** Where clocks are changed a day is not 24 hours to Spark. */
  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Australia/Lord_Howe", "Pacific/Apia"})
  void countsCalendarDaysAsSparkDoes(String zone) {
    stock.conf().set("spark.sql.session.timeZone", zone);
    spark.conf().set("spark.sql.session.timeZone", zone);
    try {
      // Clocks were changed on 2024-03-10 and 2024-11-03, 2024-04-07, and 2011-12-30.
      createViews(
          "timestamp_seconds(CASE k WHEN 0 THEN 1709856000 WHEN 1 THEN 1730419200"
              + " ELSE 1324944000 END + t * 5400)");
      assertSameRows(
          both(
              Kind.within(Kind.LEFT, "INTERVAL '1' DAY"),
              Kind.within(Kind.LEFT, "INTERVAL '2 12' DAY TO HOUR")),
          false);
    } finally {
      stock.conf().set("spark.sql.session.timeZone", "UTC");
      spark.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  /** Many small joins in one, told apart by a second key. */
  @Test
  void givesTheRowsOfStockSparkOnRandomRows() {
    long seed = Long.getLong("feathub.test.seed", System.nanoTime());
    System.out.println("feathub.test.seed=" + seed);
    for (SparkSession session : List.of(stock, spark)) {
      createRandomViews(session, seed);
    }
    for (String leftTimes : List.of("h | 1", "IF(h % 2 = 1, h, h - h % 4)")) {
      List<Kind> kinds =
          Stream.concat(Kind.LEFT.stream(), Kind.INNER.stream())
              .filter(kind -> kind.isNearest() == leftTimes.equals("h | 1"))
              .toList();
      for (SparkSession session : List.of(stock, spark)) {
        session.table("h").selectExpr("*", leftTimes + " AS l").createOrReplaceTempView("l");
      }
      assertSameRows(both(Kind.within(kinds, null), Kind.within(kinds, "6L")), true, "k", "c");
    }
  }

  /** Right times are multiples of four; to odd left times no two of them are equally close. */
  private static void createRandomViews(SparkSession session, long seed) {
    session
        .range(0, 400)
        .selectExpr(
            "id",
            "id % 20 AS c",
            "pmod(hash(id, " + seed + "L), 3) AS k",
            "pmod(hash(id, " + seed + "L, 1), 100) AS h")
        .selectExpr("id", "c", "IF(k = 2, NULL, k) AS k", "h")
        .createOrReplaceTempView("h");
    session
        .range(0, 20 * 2 * 25)
        .selectExpr("id AS r_id", "id % 20 AS c", "id DIV 20 % 2 AS k", "id DIV 40 * 4 AS r")
        .where("pmod(hash(r_id, " + seed + "L), 4) = 0")
        .createOrReplaceTempView("r");
  }

  @ParameterizedTest
  @EnumSource
  void givesTheRowsOfStockSparkInEveryForm(Form form) {
    List<Row> expected = stockRows(form.keys());
    if (form == Form.KEY_ORDERED) {
      sortViews();
    }
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.form", form.key),
        () -> {
          Dataset<Row> ours = union(spark, EDGES, form.keys(), List.of(""));
          assertThat(texts(ours)).isEqualTo(AgainstSpark.sorted(expected));
          assertThat(operators(ours))
              .containsExactlyInAnyOrderElementsOf(
                  EDGES.stream().map(join -> form.operator(join.kind())).toList());
          assertThat(ExecutedPlan.of(ours).toString().contains(" ranges of time"))
              .isEqualTo(form.keys().isEmpty() && form != Form.KEYLESS_BROADCAST);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesTheRowsOfStockSparkWhenItIsSwitchedOff(boolean keyed) {
    List<String> keys = keyed ? List.of("k") : List.of();
    List<Row> expected = stockRows(keys);
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.enabled", "false"),
        () -> {
          Dataset<Row> ours = union(spark, EDGES, keys, List.of(""));
          assertThat(texts(ours)).isEqualTo(AgainstSpark.sorted(expected));
          assertThat(operators(ours)).isEmpty();
        });
  }

  private static void sortViews() {
    for (String side : List.of("l", "r")) {
      spark
          .table(side)
          .repartition(functions.col("k"))
          .sortWithinPartitions("k", side)
          .createOrReplaceTempView(side);
    }
  }

  /** Of the joins at the edge, over views that are made for them. */
  private static List<Row> stockRows(List<String> keys) {
    createViewsOfEdges();
    return STOCK_ROWS.computeIfAbsent(
        keys,
        columns -> {
          List<Row> rows = union(stock, EDGES, columns, List.of("")).collectAsList();
          for (Asked join : EDGES) {
            if (join.tolerance() != null && !(join.kind().isNearest() && keys.isEmpty())) {
              assertThat(rows.stream().anyMatch(row -> isAtTheEdge(row, join)))
                  .as("exactly at the tolerance, %s", join)
                  .isEqualTo(join.kind().exact());
            }
          }
          return rows;
        });
  }

  private static boolean isAtTheEdge(Row row, Asked join) {
    return row.getString(0).equals(join.toString())
        && !row.isNullAt(2)
        && Math.abs(row.getLong(3) - row.getLong(4)) == EDGE;
  }

  /** Left times are odd, and no multiples of five: none is equally far from two right times. */
  private static void createViewsOfEdges() {
    for (SparkSession session : List.of(stock, spark)) {
      session
          .range(0, 120)
          .selectExpr("id", "id % 3 AS k", "id DIV 3 * 2 + 1 AS l")
          .where("l % 5 <> 0")
          .createOrReplaceTempView("l");
      rightRows(session, "t");
    }
  }

  /** No left time is equally far from two right times. */
  private static void createViews(String time) {
    for (SparkSession session : List.of(stock, spark)) {
      session
          .range(0, 30)
          .selectExpr("id", "id % 3 AS k", "(id * 7) % 60 AS t")
          .selectExpr("id", "k", time + " AS l")
          .createOrReplaceTempView("l");
      rightRows(session, time);
    }
  }

  private static void rightRows(SparkSession session, String time) {
    session
        .range(0, 12)
        .selectExpr("id AS r_id", "id % 2 AS k", "id * 10 + IF(id % 4 = 0, 3, 0) AS t")
        .selectExpr("r_id", "k", time + " AS r")
        .createOrReplaceTempView("r");
  }

  /** Joins the views, by one hint after the other, and fails unless it is by what they ask for. */
  private static void assertSameRows(List<Asked> joins, boolean isDistance, String... keys) {
    List<String> columns = keys.length == 0 ? List.of("k") : List.of(keys);
    Dataset<Row> ours = union(spark, joins, columns, HINTS);
    assertThat(texts(ours))
        .containsExactlyInAnyOrderElementsOf(texts(union(stock, joins, columns, List.of(""))));
    boolean encoded = TimeColumn.supports(ours.schema().apply("l").dataType());
    List<String> operators = new ArrayList<>();
    for (int i = 0; i < joins.size(); i++) {
      operators.add(joins.get(i).operator(hint(HINTS, i), encoded, isDistance));
    }
    assertThat(operators(ours)).containsExactlyInAnyOrderElementsOf(operators);
  }

  private static List<Asked> both(List<Asked> some, List<Asked> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static Dataset<Row> union(
      SparkSession session, List<Asked> joins, List<String> keys, List<String> hints) {
    List<Dataset<Row>> joined = new ArrayList<>();
    for (int i = 0; i < joins.size(); i++) {
      Dataset<Row> right = session.table("r");
      String hint = hint(hints, i);
      joined.add(
          joins.get(i).of(session.table("l"), hint.isEmpty() ? right : right.hint(hint), keys));
    }
    return union(joined);
  }

  /** By halves, as Spark checks each union anew. */
  private static Dataset<Row> union(List<Dataset<Row>> joined) {
    int half = joined.size() / 2;
    return half == 0
        ? joined.get(0)
        : union(joined.subList(0, half)).unionAll(union(joined.subList(half, joined.size())));
  }

  /** The next one for each, but another in each further round of six kinds. */
  private static String hint(List<String> hints, int i) {
    return hints.get((i + i / 6) % hints.size());
  }

  private static List<String> operators(Dataset<Row> joined) {
    return ExecutedPlan.of(joined).operators(AsOfJoinExec.class).stream()
        .map(AsOfJoinExec::nodeName)
        .toList();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return AgainstSpark.sorted(rows.collectAsList());
  }
}
