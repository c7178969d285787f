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

import io.feathub.spark.testing.AsOfOracle;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random as-of joins against the naive oracle and against Spark's own operators. Cases are batched:
 * one Spark job runs many, told apart by a case number that is part of the key.
 */
class TestAsOfDifferential {
  private static final int CASES_PER_JOB = 25;
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  /**
   * A type of time.
   *
   * @param value how a small number becomes a value of it
   * @param tolerances as written and as the oracle takes them; none for a type without a distance
   */
  private record TimeType(DataType type, IntFunction<Object> value, List<Reach> tolerances) {}

  private record Reach(String sql, BigDecimal value) {
    static Reach of(String sql, String value) {
      return new Reach(sql, new BigDecimal(value));
    }
  }

  private static final Reach NONE = new Reach("NULL", null);

  private static final List<TimeType> TIME_TYPES =
      List.of(
          new TimeType(
              DataTypes.TimestampType,
              n -> Instant.ofEpochSecond(60L * n, 1000L * n),
              List.of(
                  Reach.of("INTERVAL '120.000002' SECOND", "120000002"),
                  Reach.of("INTERVAL '120.000001' SECOND", "120000001"),
                  Reach.of("INTERVAL 0 DAYS", "0"))),
          new TimeType(
              DataTypes.TimestampNTZType,
              n -> LocalDateTime.ofEpochSecond(60L * n, 0, ZoneOffset.UTC),
              List.of(Reach.of("INTERVAL 3 MINUTES", "180000000"))),
          new TimeType(
              DataTypes.DateType,
              n -> LocalDate.ofEpochDay(n - 5),
              List.of(Reach.of("INTERVAL 2 DAYS", "2"), Reach.of("INTERVAL 0 DAYS", "0"))),
          new TimeType(
              DataTypes.LongType,
              n -> n == 0 ? Long.MIN_VALUE : n == 1 ? Long.MAX_VALUE : n * 1_000_000_007L,
              List.of(
                  Reach.of("2000000014L", "2000000014"), Reach.of("2000000013.5", "2000000013.5"))),
          new TimeType(DataTypes.IntegerType, n -> n - 10, List.of(Reach.of("2", "2"))),
          new TimeType(
              DataTypes.ShortType, n -> (short) (n - 10), List.of(Reach.of("1.5D", "1.5"))),
          new TimeType(DataTypes.ByteType, n -> (byte) (n - 10), List.of(Reach.of("0", "0"))),
          new TimeType(
              DataTypes.DoubleType,
              TestAsOfDifferential::doubleTime,
              List.of(Reach.of("0.2D", "0.2"), Reach.of("1e300D", "1e300"))),
          new TimeType(
              DataTypes.FloatType, n -> (float) doubleTime(n), List.of(Reach.of("0.2", "0.2"))),
          new TimeType(
              DataTypes.createDecimalType(18, 3),
              n -> BigDecimal.valueOf(n - 10, 3),
              List.of(Reach.of("0.002", "0.002"), Reach.of("0.0015", "0.0015"))),
          new TimeType(
              DataTypes.createDecimalType(38, 3),
              TestAsOfDifferential::wideDecimal,
              List.of(Reach.of("0.002", "0.002"), Reach.of("0.0015", "0.0015"))),
          new TimeType(DataTypes.StringType, n -> "t" + (char) ('a' + n), List.of()));

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  private static double doubleTime(int n) {
    return switch (n) {
      case 0 -> -0.0;
      case 1 -> 0.0;
      case 2 -> Double.NaN;
      case 3 -> Double.NEGATIVE_INFINITY;
      case 4 -> Double.POSITIVE_INFINITY;
      default -> n * 0.1;
    };
  }

  /** One of them as far from the others as the type allows. */
  private static BigDecimal wideDecimal(int n) {
    return n == 0
        ? new BigDecimal("-" + "9".repeat(35)).setScale(3)
        : BigDecimal.valueOf(n - 10, 3);
  }

  @Test
  void agreesWithTheOracleAndWithSpark() {
    assertThat(run(2)).isGreaterThanOrEqualTo(2000);
  }

  @Test
  @Tag("slow")
  void agreesInManyMoreCases() {
    assertThat(run(12)).isGreaterThanOrEqualTo(20_000);
  }

  /** Runs each type of time with each comparison so many times; gives the number of cases. */
  private static int run(int rounds) {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    int cases = 0;
    for (int round = 0; round < rounds; round++) {
      for (TimeType timeType : TIME_TYPES) {
        for (String operator : List.of(">=", ">", "<=", "<", "~", "<>")) {
          boolean nearest = operator.equals("~") || operator.equals("<>");
          if (!nearest || !timeType.tolerances().isEmpty()) {
            checkBatch(Setting.random(timeType, operator, random), random);
            cases += CASES_PER_JOB;
          }
        }
      }
    }
    return cases;
  }

  /** What the cases of a batch have in common. */
  private record Setting(
      TimeType timeType,
      String operator,
      Reach tolerance,
      boolean tieBreak,
      boolean nullSafe,
      Residual residual,
      String how,
      String form,
      String conf) {

    static Setting random(TimeType timeType, String operator, Random random) {
      List<Reach> tolerances = timeType.tolerances();
      boolean unlimited = tolerances.isEmpty() || random.nextBoolean();
      spark.conf().set("spark.sql.adaptive.enabled", random.nextBoolean());
      spark.conf().set("spark.sql.ansi.enabled", random.nextBoolean());
      spark.conf().set("spark.sql.codegen.wholeStage", random.nextBoolean());
      String form = List.of("broadcast", "hashed", "merged").get(random.nextInt(3));
      spark.conf().set("spark.sql.feathub.asOf.form", form);
      return new Setting(
          timeType,
          operator,
          unlimited ? NONE : tolerances.get(random.nextInt(tolerances.size())),
          random.nextBoolean(),
          random.nextInt(4) == 0,
          RESIDUALS.get(random.nextInt(RESIDUALS.size())),
          List.of("left", "inner", "semi", "anti").get(random.nextInt(4)),
          form,
          spark.conf().get("spark.sql.codegen.wholeStage"));
    }

    /** What has to have run: not every join can be merged. */
    String operator(boolean encoded) {
      boolean nearest = operator.equals("~") || operator.equals("<>");
      boolean merges = form.equals("merged") && encoded && !nearest && !residual.readsBoth();
      return form.equals("broadcast")
          ? "BroadcastAsOfJoin"
          : merges ? "MergedAsOfJoin" : "HashedAsOfJoin";
    }

    AsOfOracle oracle() {
      return new AsOfOracle(
          List.of(0, 1),
          List.of(0, 1),
          nullSafe,
          2,
          2,
          operator,
          tolerance.value(),
          tieBreak ? 3 : -1,
          residual.holds(),
          how);
    }

    /** The ON clause. */
    String condition() {
      boolean nearest = operator.equals("~") || operator.equals("<>");
      String asOf =
          (nearest ? "asof_nearest(l.t, r.t, " : "asof(l.t " + operator + " r.t, ")
              + tolerance.sql()
              + (tieBreak ? ", r.v)" : ")");
      return "l.n = r.n AND l.k "
          + (nullSafe ? "<=>" : "=")
          + " r.k AND "
          + asOf
          + (operator.equals("<>") ? " AND l.t <> r.t" : "")
          + residual.sql();
    }

    @Override
    public String toString() {
      return String.format(
          "seed %d, %s, %s, %s, %s, codegen %s",
          SEED, timeType.type().sql(), condition(), how, form, conf);
    }
  }

  /** A further condition in the ON clause; what is null does not hold. */
  private record Residual(String sql, BiPredicate<Row, Row> holds) {
    boolean readsBoth() {
      return sql.contains("l.") && sql.contains("r.");
    }
  }

  private static final List<Residual> RESIDUALS =
      List.of(
          new Residual("", (left, right) -> true),
          new Residual("", (left, right) -> true),
          new Residual(
              " AND r.v <> 1", (left, right) -> !right.isNullAt(3) && right.getInt(3) != 1),
          new Residual(" AND l.v > 0", (left, right) -> !left.isNullAt(3) && left.getInt(3) > 0),
          new Residual(
              " AND l.v <= r.v",
              (left, right) ->
                  !left.isNullAt(3) && !right.isNullAt(3) && left.getInt(3) <= right.getInt(3)));

  private static void checkBatch(Setting setting, Random random) {
    List<Row> left = new ArrayList<>();
    List<Row> right = new ArrayList<>();
    List<Row> expected = new ArrayList<>();
    AsOfOracle oracle = setting.oracle();
    for (int number = 0; number < CASES_PER_JOB; number++) {
      List<Row> caseLeft = rows(number, random.nextInt(12), setting.timeType(), random);
      List<Row> caseRight = rows(number, random.nextInt(12), setting.timeType(), random);
      expected.addAll(oracle.join(caseLeft, caseRight, 4));
      left.addAll(caseLeft);
      right.addAll(caseRight);
    }

    Dataset<Row> joined = join(left, right, setting, random);
    List<String> actual = texts(joined.collectAsList());
    boolean encoded = TimeColumn.supports(setting.timeType().type());
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .as(setting.toString())
        .extracting(AsOfJoinExec::nodeName)
        .containsExactly(setting.operator(encoded));
    assertSameRows(setting.toString(), actual, texts(expected));

    spark.conf().set("spark.sql.feathub.asOf.enabled", false);
    try {
      Dataset<Row> stock = join(left, right, setting, random);
      assertSameRows(
          "Spark's own operators, " + setting, texts(stock.collectAsList()), texts(expected));
      assertThat(ExecutedPlan.of(stock).contains(AsOfJoinExec.class)).isFalse();
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  private static void assertSameRows(String what, List<String> actual, List<String> expected) {
    List<String> unexpected = new ArrayList<>(actual);
    List<String> missing = new ArrayList<>(expected);
    expected.forEach(unexpected::remove);
    actual.forEach(missing::remove);
    assertThat(unexpected).as("not among the right rows %s: %s", missing, what).isEmpty();
    assertThat(missing).as("missing: %s", what).isEmpty();
  }

  private static Dataset<Row> join(
      List<Row> left, List<Row> right, Setting setting, Random random) {
    return frame(left, setting.timeType(), random)
        .alias("l")
        .join(
            frame(right, setting.timeType(), random).alias("r"),
            functions.expr(setting.condition()),
            setting.how());
  }

  private static Dataset<Row> frame(List<Row> rows, TimeType timeType, Random random) {
    StructType schema =
        new StructType()
            .add("n", DataTypes.IntegerType)
            .add("k", DataTypes.StringType)
            .add("t", timeType.type())
            .add("v", DataTypes.IntegerType);
    return spark.createDataFrame(rows, schema).repartition(1 + random.nextInt(3));
  }

  /** Few keys and few times, so that ties, exact matches and misses are all frequent. */
  private static List<Row> rows(int number, int count, TimeType timeType, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = random.nextInt(10) == 0 ? null : "key" + random.nextInt(3);
      Object time = random.nextInt(10) == 0 ? null : timeType.value().apply(random.nextInt(12));
      Integer value = random.nextInt(8) == 0 ? null : random.nextInt(4);
      rows.add(RowFactory.create(number, key, time, value));
    }
    return rows;
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }
}
