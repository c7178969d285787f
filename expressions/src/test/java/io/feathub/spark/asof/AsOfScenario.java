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

import io.feathub.spark.testing.AsOfOracle;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the as-of joins of {@link RandomEvent}s in a batch of random cases have in common.
 *
 * @param operator of the times, {@code ~} for the nearest, {@code <>} for the nearest but not equal
 * @param tolerance in the numbers that times are made of; null if there is none
 * @param residual a further condition, behind AND, or nothing
 * @param how left, inner, semi or anti
 */
record AsOfScenario(
    TimeType timeType,
    String operator,
    Long tolerance,
    boolean tieBreak,
    Keys keys,
    String residual,
    String how) {
  static final List<String> OPERATORS = List.of(">=", "<=", "~", ">", "<", "<>");
  static final List<String> KINDS = List.of("left", "inner", "semi", "anti");

  private static final String RIGHT_VALUE = " AND r.v <> 1";
  private static final String LEFT_VALUE = " AND l.v > 0";
  private static final String BOTH_VALUES = " AND l.v <= r.v";
  private static final List<String> RESIDUALS =
      List.of("", "", RIGHT_VALUE, LEFT_VALUE, BOTH_VALUES);

  /** What has to be equal; the number of the case is part of it. */
  enum Keys {
    ONE("l.g = r.g AND "),
    TWO("l.n = r.n AND l.k = r.k AND "),
    NULL_SAFE("l.n = r.n AND l.k <=> r.k AND "),
    NONE("");

    private final String condition;

    Keys(String condition) {
      this.condition = condition;
    }

    /** Columns that the join takes as keys as they are. */
    List<String> columns() {
      return switch (this) {
        case ONE -> List.of("g");
        case TWO -> List.of("n", "k");
        case NULL_SAFE, NONE -> List.of();
      };
    }
  }

  /**
   * A type of time.
   *
   * @param expression of a BIGINT
   * @param tolerance as text
   * @param greatestShift by which times stay valid
   */
  record TimeType(
      DataType type, String expression, LongFunction<String> tolerance, long greatestShift) {
    static final List<TimeType> ALL =
        List.of(
            new TimeType(DataTypes.LongType, "%s", Long::toString, Long.MAX_VALUE / 2),
            new TimeType(DataTypes.IntegerType, "CAST(%s AS INT)", Long::toString, 1_000_000_000),
            new TimeType(
                DataTypes.TimestampType,
                "timestamp_seconds(%s)",
                "INTERVAL '%d' SECOND"::formatted,
                60_000_000_000L),
            new TimeType(
                DataTypes.TimestampNTZType,
                "CAST(timestamp_seconds(%s) AS TIMESTAMP_NTZ)",
                "INTERVAL '%d' SECOND"::formatted,
                60_000_000_000L),
            new TimeType(
                DataTypes.DateType,
                "date_from_unix_date(CAST(%s AS INT))",
                "INTERVAL '%d' DAY"::formatted,
                600_000),
            new TimeType(
                DataTypes.DoubleType,
                "(%s / 4.0D)",
                distance -> distance / 4.0 + "D",
                1_000_000_000),
            new TimeType(
                DataTypes.createDecimalType(18, 3),
                "CAST(%s AS DECIMAL(18, 3))",
                Long::toString,
                1_000_000_000),
            new TimeType(
                DataTypes.createDecimalType(30, 2),
                "CAST(%s AS DECIMAL(30, 2))",
                Long::toString,
                Long.MAX_VALUE / 2));

    String of(String number) {
      return expression.formatted(number);
    }
  }

  /** The one of a number of batches; each operator, kind and shape of keys has its turn. */
  static AsOfScenario draw(int batch, Random random) {
    return new AsOfScenario(
        TimeType.ALL.get(random.nextInt(TimeType.ALL.size())),
        OPERATORS.get(batch % OPERATORS.size()),
        random.nextBoolean() ? null : (long) random.nextInt(5),
        random.nextBoolean(),
        Keys.values()[(batch + batch / 3) % Keys.values().length],
        RESIDUALS.get(random.nextInt(RESIDUALS.size())),
        KINDS.get((batch + batch / 6) % KINDS.size()));
  }

  AsOfScenario withOperator(String newOperator) {
    return new AsOfScenario(timeType, newOperator, tolerance, tieBreak, keys, residual, how);
  }

  AsOfScenario withTolerance(Long newTolerance) {
    return new AsOfScenario(timeType, operator, newTolerance, tieBreak, keys, residual, how);
  }

  AsOfScenario withKeys(Keys newKeys) {
    return new AsOfScenario(timeType, operator, tolerance, tieBreak, newKeys, residual, how);
  }

  AsOfScenario withHow(String newHow) {
    return new AsOfScenario(timeType, operator, tolerance, tieBreak, keys, residual, newHow);
  }

  boolean isBackward() {
    return operator.startsWith(">");
  }

  boolean isForward() {
    return operator.equals("<=") || operator.equals("<");
  }

  boolean isNearest() {
    return !isBackward() && !isForward();
  }

  /** Whether an equal time is no match. */
  boolean isStrict() {
    return Set.of(">", "<", "<>").contains(operator);
  }

  boolean emitsRight() {
    return how.equals("left") || how.equals("inner");
  }

  /** Without keys only a tolerance keeps the cases of a batch apart. */
  int casesIn(int batchSize) {
    return keys == Keys.NONE && tolerance == null ? 1 : batchSize;
  }

  /** The rows of one side. */
  List<RandomEvent> rows(int batchSize, Random random) {
    return RandomEvent.cases(casesIn(batchSize), keys == Keys.NONE, random);
  }

  /** Rows of different groups never match. */
  List<Object> group(RandomEvent event) {
    return Arrays.asList(event.number(), keys == Keys.NONE ? null : event.key());
  }

  AsOfOracle oracle() {
    List<Integer> equal = keys == Keys.NONE ? List.of() : List.of(1, 2);
    return new AsOfOracle(
        equal,
        equal,
        keys == Keys.NULL_SAFE,
        3,
        3,
        operator,
        tolerance == null ? null : BigDecimal.valueOf(tolerance),
        tieBreak ? 4 : -1,
        this::holds,
        how);
  }

  /** The residual, which null does not satisfy. */
  private boolean holds(Row left, Row right) {
    Integer leftValue = (Integer) left.get(4);
    Integer rightValue = (Integer) right.get(4);
    return switch (residual) {
      case "" -> true;
      case RIGHT_VALUE -> rightValue != null && rightValue != 1;
      case LEFT_VALUE -> leftValue != null && leftValue > 0;
      case BOTH_VALUES -> leftValue != null && rightValue != null && leftValue <= rightValue;
      default -> throw new IllegalArgumentException(residual);
    };
  }

  /** The ON clause. */
  String condition() {
    return keys.condition + asOf() + residual;
  }

  private String asOf() {
    String limit = tolerance == null ? "NULL" : timeType.tolerance().apply(tolerance);
    return (isNearest() ? "asof_nearest(l.t, r.t, " : "asof(l.t " + operator + " r.t, ")
        + limit
        + (tieBreak ? ", r.v)" : ")")
        + (operator.equals("<>") ? " AND l.t <> r.t" : "");
  }

  /** What has to run where a form is asked for. */
  String operatorName(AsOfRuns.Form form) {
    boolean encoded = TimeColumn.supports(timeType.type());
    boolean readsLeft = residual.contains("l.");
    boolean readsBoth = readsLeft && residual.contains("r.");
    boolean nullsLeftTimes = readsLeft && (how.equals("left") || how.equals("anti"));
    return switch (form) {
      case BROADCAST -> "BroadcastAsOfJoin";
      case MERGED -> encoded && !isNearest() && !readsBoth ? "MergedAsOfJoin" : "HashedAsOfJoin";
      case KEY_ORDERED ->
          encoded && !keys.columns().isEmpty() && !readsBoth && !nullsLeftTimes
              ? "KeyOrderedAsOfJoin"
              : "HashedAsOfJoin";
      case HASHED -> "HashedAsOfJoin";
    };
  }

  @Override
  public String toString() {
    return "%s JOIN of %s ON %s".formatted(how, timeType.type().sql(), condition());
  }
}
