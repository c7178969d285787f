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
import io.feathub.spark.testing.SpillAtOnce;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random as-of joins against the naive oracle, against themselves switched off, and where it can
 * answer against the operator of stock Spark. Cases are batched: one Spark job runs many, told
 * apart by a case number that is part of the key.
 */
class TestAsOfDifferential {
  private static final int CASES_PER_JOB = 50;
  private static final int BATCHES_PER_SPILLING_ONE = 9;
  static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  private static SparkSession stock;
  private static SparkSession spark;

  @BeforeAll
  static void startSessions() {
    stock = TestSession.stock();
    spark = TestSession.with(AsOfExtension::install);
    for (SparkSession session : List.of(stock, spark)) {
      session.conf().set("spark.sql.datetime.java8API.enabled", "true");
    }
    stock.conf().set("spark.sql.shuffle.partitions", "1");
    stock.conf().set("spark.sql.adaptive.enabled", "false");
    stock.conf().set("spark.sql.codegen.wholeStage", "false");
    stock.conf().set("spark.sql.planChangeValidation", "false");
  }

  @Test
  void agreesWithTheOracleAndWithSpark() throws Exception {
    run(1).assertAtLeast(2000);
  }

  @Test
  @Tag("slow")
  void agreesInManyMoreCases() throws Exception {
    run(10).assertAtLeast(20_000);
  }

  /** What a run has tried. */
  private static final class Tally {
    private int cases;
    private int batches;
    private int answeredByStockSpark;
    private int inRanges;
    private int spilled;
    private final Map<String, Integer> operators = new HashMap<>();

    /** So often at the least, and the rest in proportion: chance decides on what else is drawn. */
    void assertAtLeast(int leastCases) {
      int scale = leastCases / 2000;
      assertThat(cases).isGreaterThanOrEqualTo(leastCases);
      assertThat(answeredByStockSpark).isGreaterThanOrEqualTo(500 * scale);
      assertThat(operators.get("BroadcastAsOfJoin")).isGreaterThanOrEqualTo(10 * scale);
      assertThat(operators.get("HashedAsOfJoin")).isGreaterThanOrEqualTo(10 * scale);
      assertThat(operators.get("MergedAsOfJoin")).isGreaterThanOrEqualTo(2 * scale);
      assertThat(operators.get("KeyOrderedAsOfJoin")).isGreaterThanOrEqualTo(4 * scale);
      assertThat(inRanges).isGreaterThanOrEqualTo(2 * scale);
      assertThat(spilled).isGreaterThanOrEqualTo(4 * scale);
    }
  }

  /** Runs each type of time with each comparison so many times. */
  private static Tally run(int rounds) throws Exception {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    Tally tally = new Tally();
    for (int round = 0; round < rounds; round++) {
      for (RandomTimes timeType : RandomTimes.ALL) {
        for (String operator : List.of(">=", ">", "<=", "<", "~", "<>")) {
          boolean nearest = operator.equals("~") || operator.equals("<>");
          if (!nearest || !timeType.tolerances().isEmpty()) {
            // In another form each round.
            RandomSetting.Form form =
                RandomSetting.FORMS.get((tally.batches + round) % RandomSetting.FORMS.size());
            Batch batch =
                new Batch(RandomSetting.random(spark, timeType, operator, form, random), random);
            if (tally.batches++ % BATCHES_PER_SPILLING_ONE == 0) {
              batch.checkSpilling(tally);
            } else {
              batch.check(tally);
            }
          }
        }
      }
    }
    return tally;
  }

  /** Random cases of one setting, and the rows that are right. */
  private static final class Batch {
    private final RandomSetting setting;
    private final Random random;
    private final int cases;
    private final List<Row> left = new ArrayList<>();
    private final List<Row> right = new ArrayList<>();
    private final List<Row> expected = new ArrayList<>();

    Batch(RandomSetting setting, Random random) {
      this.setting = setting;
      this.random = random;
      this.cases = setting.form().hasKeys() ? CASES_PER_JOB : 1;
      AsOfOracle oracle = setting.oracle();
      for (int number = 0; number < cases; number++) {
        List<Row> caseLeft = rows(number, size(), setting.timeType(), random);
        List<Row> caseRight = rows(number, size(), setting.timeType(), random);
        expected.addAll(oracle.join(caseLeft, caseRight, 4));
        left.addAll(caseLeft);
        right.addAll(caseRight);
      }
    }

    private int size() {
      return cases == 1 ? 20 + random.nextInt(30) : random.nextInt(12);
    }

    void checkSpilling(Tally tally) throws Exception {
      try (SpillAtOnce spill = new SpillAtOnce(spark)) {
        checkOurs(tally);
        tally.spilled += spill.spilledBytes() > 0 ? 1 : 0;
      }
      checkOthers(tally);
    }

    void check(Tally tally) {
      checkOurs(tally);
      checkOthers(tally);
    }

    private void checkOthers(Tally tally) {
      checkSwitchedOff();
      if (setting.isForStockSpark()) {
        checkStock();
        tally.answeredByStockSpark += cases;
      }
      tally.cases += cases;
    }

    private void checkOurs(Tally tally) {
      Dataset<Row> joined = joined();
      List<String> actual = texts(joined.collectAsList());
      ExecutedPlan plan = ExecutedPlan.of(joined);
      assertThat(plan.operators(AsOfJoinExec.class))
          .as(setting.toString())
          .extracting(AsOfJoinExec::nodeName)
          .containsExactly(setting.operatorName());
      assertThat(plan.toString().contains(" ranges of time"))
          .as(setting.toString())
          .isEqualTo(setting.runsInRanges());
      assertSameRows(setting.toString(), actual, texts(expected));
      tally.operators.merge(setting.operatorName(), 1, Integer::sum);
      tally.inRanges += setting.runsInRanges() ? 1 : 0;
    }

    private void checkSwitchedOff() {
      spark.conf().set("spark.sql.feathub.asOf.enabled", false);
      try {
        Dataset<Row> joined = joined();
        assertSameRows(
            "Spark's own operators, " + setting, texts(joined.collectAsList()), texts(expected));
        assertThat(ExecutedPlan.of(joined).contains(AsOfJoinExec.class)).isFalse();
      } finally {
        spark.conf().unset("spark.sql.feathub.asOf.enabled");
      }
    }

    /** By an operator of which no code is ours. Of tied right rows it takes any. */
    private void checkStock() {
      Dataset<Row> l = frame(stock, left).alias("l");
      Dataset<Row> r = frame(stock, right).alias("r");
      List<Row> rows =
          ((org.apache.spark.sql.classic.Dataset<Row>) l)
              .joinAsOf(
                  (org.apache.spark.sql.classic.Dataset<Row>) r,
                  l.col("t"),
                  r.col("t"),
                  functions.expr("true" + setting.others()),
                  setting.how().equals("inner") ? "inner" : "left",
                  setting.tolerance().value() == null
                      ? null
                      : functions.expr(setting.tolerance().sql()),
                  !List.of(">", "<", "<>").contains(setting.operator()),
                  setting.direction())
              .collectAsList();
      List<String> actual =
          switch (setting.how()) {
            case "semi" -> rows.stream().filter(Batch::isMatched).map(Batch::leftText).toList();
            case "anti" ->
                rows.stream().filter(row -> !isMatched(row)).map(Batch::leftText).toList();
            default -> rows.stream().map(this::timesText).toList();
          };
      boolean emitsRight = setting.how().equals("left") || setting.how().equals("inner");
      assertSameRows(
          "stock Spark, " + setting,
          actual,
          expected.stream().map(emitsRight ? this::timesText : Batch::leftText).toList());
    }

    private static boolean isMatched(Row row) {
      return !row.isNullAt(6);
    }

    private static String leftText(Row row) {
      return IntStream.range(0, 4).mapToObj(row::get).toList().toString();
    }

    /** Of two right times equally far away Spark takes either. */
    private String timesText(Row row) {
      Object right = row.get(6);
      Object found =
          setting.isNearest() && right != null ? AsOfOracle.distance(row.get(2), right) : right;
      return leftText(row) + found;
    }

    private Dataset<Row> joined() {
      return frame(spark, left)
          .alias("l")
          .join(frame(spark, right).alias("r"), functions.expr(setting.condition()), setting.how());
    }

    private Dataset<Row> frame(SparkSession session, List<Row> rows) {
      StructType schema =
          new StructType()
              .add("n", DataTypes.IntegerType)
              .add("k", DataTypes.StringType)
              .add("t", setting.timeType().type())
              .add("v", DataTypes.IntegerType);
      Dataset<Row> frame = session.createDataFrame(rows, schema);
      return setting.form() == RandomSetting.Form.KEY_ORDERED
          ? frame
              .repartition(functions.col("n"), functions.col("k"))
              .sortWithinPartitions("n", "k", "t")
          : frame.repartition(1 + random.nextInt(3), functions.col("v"));
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

  /** Few keys and few times, so that ties, exact matches and misses are all frequent. */
  private static List<Row> rows(int number, int count, RandomTimes timeType, Random random) {
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
