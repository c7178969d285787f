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

  /** A type of time and how a small number becomes a value of it. */
  private record TimeType(DataType type, IntFunction<Object> value) {}

  private static final List<TimeType> TIME_TYPES =
      List.of(
          new TimeType(DataTypes.TimestampType, n -> Instant.ofEpochSecond(60L * n, 1000L * n)),
          new TimeType(
              DataTypes.TimestampNTZType,
              n -> LocalDateTime.ofEpochSecond(60L * n, 0, ZoneOffset.UTC)),
          new TimeType(DataTypes.DateType, n -> LocalDate.ofEpochDay(n - 5)),
          new TimeType(DataTypes.LongType, n -> n == 0 ? Long.MIN_VALUE : n * 1_000_000_007L),
          new TimeType(DataTypes.IntegerType, n -> n - 10),
          new TimeType(DataTypes.ShortType, n -> (short) (n - 10)),
          new TimeType(DataTypes.ByteType, n -> (byte) (n - 10)),
          new TimeType(DataTypes.DoubleType, TestAsOfDifferential::doubleTime),
          new TimeType(DataTypes.FloatType, n -> (float) doubleTime(n)),
          new TimeType(DataTypes.createDecimalType(18, 3), n -> BigDecimal.valueOf(n - 10, 3)));

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

  @Test
  void agreesWithTheOracleAndWithSpark() {
    assertThat(run(1)).isGreaterThanOrEqualTo(500);
  }

  @Test
  @Tag("slow")
  void agreesInManyMoreCases() {
    assertThat(run(5)).isGreaterThanOrEqualTo(5000);
  }

  /** Runs each type of time with each comparison so many times; gives the number of cases. */
  private static int run(int rounds) {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    int cases = 0;
    for (int round = 0; round < rounds; round++) {
      for (TimeType timeType : TIME_TYPES) {
        for (String operator : List.of(">=", ">", "<=", "<")) {
          checkBatch(timeType, operator, random);
          cases += CASES_PER_JOB;
        }
      }
    }
    return cases;
  }

  /** One batch of cases; the random choices also vary join type, form, adaptivity, partitions. */
  private static void checkBatch(TimeType timeType, String operator, Random random) {
    boolean keepUnmatched = random.nextBoolean();
    boolean broadcast = random.nextBoolean();
    spark.conf().set("spark.sql.adaptive.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.ansi.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", broadcast ? "64MB" : "0");

    List<Row> left = new ArrayList<>();
    List<Row> right = new ArrayList<>();
    List<Row> expected = new ArrayList<>();
    AsOfOracle oracle = new AsOfOracle(List.of(0, 1), List.of(0, 1), 2, 2, operator, keepUnmatched);
    for (int number = 0; number < CASES_PER_JOB; number++) {
      List<Row> caseLeft = rows(number, random.nextInt(12), timeType, random);
      List<Row> caseRight = rows(number, random.nextInt(12), timeType, random);
      expected.addAll(oracle.join(caseLeft, caseRight, 4));
      left.addAll(caseLeft);
      right.addAll(caseRight);
    }

    Dataset<Row> joined = join(left, right, timeType, operator, keepUnmatched, random);
    List<String> actual = texts(joined.collectAsList());
    String what =
        String.format(
            "seed %d, %s, asof(l.t %s r.t), %s, %s",
            SEED,
            timeType.type().sql(),
            operator,
            keepUnmatched ? "left" : "inner",
            broadcast ? "broadcast" : "shuffled");
    Class<?> form = broadcast ? BroadcastAsOfJoinExec.class : ShuffledAsOfJoinExec.class;
    assertThat(ExecutedPlan.of(joined).operators(form)).as(what).hasSize(1);
    assertThat(actual).as(what).containsExactlyInAnyOrderElementsOf(texts(expected));

    spark.conf().set("spark.sql.feathub.asOf.enabled", false);
    try {
      Dataset<Row> stock = join(left, right, timeType, operator, keepUnmatched, random);
      assertThat(texts(stock.collectAsList()))
          .as("Spark's own operators, " + what)
          .containsExactlyInAnyOrderElementsOf(texts(expected));
      assertThat(ExecutedPlan.of(stock).contains(AsOfJoinExec.class)).isFalse();
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  private static Dataset<Row> join(
      List<Row> left,
      List<Row> right,
      TimeType timeType,
      String operator,
      boolean keepUnmatched,
      Random random) {
    return frame(left, timeType, random)
        .alias("l")
        .join(
            frame(right, timeType, random).alias("r"),
            functions.expr("l.n = r.n AND l.k = r.k AND asof(l.t " + operator + " r.t)"),
            keepUnmatched ? "left" : "inner");
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
