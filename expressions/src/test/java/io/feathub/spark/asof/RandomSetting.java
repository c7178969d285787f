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
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the cases of a batch have in common. */
record RandomSetting(
    RandomTimes timeType,
    String operator,
    RandomTimes.Reach tolerance,
    boolean tieBreak,
    boolean nullSafe,
    Residual residual,
    String how,
    Form form,
    String conf) {

  static RandomSetting random(
      SparkSession spark, RandomTimes timeType, String operator, Form form, Random random) {
    List<RandomTimes.Reach> tolerances = timeType.tolerances();
    // Others keep an order from being made use of.
    List<Residual> residuals =
        form == Form.KEY_ORDERED
            ? RESIDUALS.stream().filter(residual -> !residual.readsLeft()).toList()
            : RESIDUALS;
    boolean unlimited = tolerances.isEmpty() || random.nextBoolean();
    spark.conf().set("spark.sql.adaptive.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.ansi.enabled", random.nextBoolean());
    spark.conf().set("spark.sql.codegen.wholeStage", random.nextBoolean());
    spark.conf().set("spark.sql.feathub.asOf.form", form.key);
    return new RandomSetting(
        timeType,
        operator,
        unlimited ? RandomTimes.NONE : tolerances.get(random.nextInt(tolerances.size())),
        random.nextBoolean(),
        random.nextInt(4) == 0 && form != Form.KEY_ORDERED,
        residuals.get(random.nextInt(residuals.size())),
        List.of("left", "inner", "semi", "anti").get(random.nextInt(4)),
        form,
        spark.conf().get("spark.sql.codegen.wholeStage"));
  }

  /** What has to have run: not every join can be merged, or make use of an order. */
  String operatorName() {
    boolean encoded = TimeColumn.supports(timeType.type());
    boolean leftTimesVary = residual.readsLeft() && (how.equals("left") || how.equals("anti"));
    boolean ordered = encoded && !residual.readsBoth() && !leftTimesVary && !nullSafe;
    boolean merges = encoded && !isNearest() && !residual.readsBoth();
    String merged = merges ? "MergedAsOfJoin" : "HashedAsOfJoin";
    return switch (form) {
      case BROADCAST -> "BroadcastAsOfJoin";
      case MERGED, KEYLESS_MERGED -> merged;
      case KEY_ORDERED -> ordered ? "KeyOrderedAsOfJoin" : merged;
      case HASHED, KEYLESS -> "HashedAsOfJoin";
    };
  }

  boolean runsInRanges() {
    return !form.hasKeys() && TimeColumn.supports(timeType.type()) && !residual.readsBoth();
  }

  boolean isNearest() {
    return operator.equals("~") || operator.equals("<>");
  }

  /**
   * Whether stock Spark gives the same right time: where distances are exact and its tolerance,
   * which a match at the very edge is in or not as exact matches are, means the same.
   */
  boolean isForStockSpark() {
    boolean exact = List.of(">=", "<=", "~").contains(operator);
    return timeType.isExactlySubtracted() && (exact || tolerance.value() == null);
  }

  String direction() {
    return isNearest() ? "nearest" : operator.startsWith(">") ? "backward" : "forward";
  }

  AsOfOracle oracle() {
    List<Integer> keys = form.hasKeys() ? List.of(0, 1) : List.of();
    return new AsOfOracle(
        keys,
        keys,
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
    String asOf =
        (isNearest() ? "asof_nearest(l.t, r.t, " : "asof(l.t " + operator + " r.t, ")
            + tolerance.sql()
            + (tieBreak ? ", r.v)" : ")");
    return asOf + (operator.equals("<>") ? " AND l.t <> r.t" : "") + others();
  }

  /** What stands in it beside the times. */
  String others() {
    String keys = " AND l.n = r.n AND l.k " + (nullSafe ? "<=>" : "=") + " r.k";
    return (form.hasKeys() ? keys : "") + residual.sql();
  }

  @Override
  public String toString() {
    return String.format(
        "seed %d, %s, %s, %s, %s, codegen %s",
        TestAsOfDifferential.SEED, timeType.type().sql(), condition(), how, form, conf);
  }

  /** How a batch is made to run. */
  enum Form {
    BROADCAST("broadcast"),
    HASHED("hashed"),
    MERGED("merged"),
    KEY_ORDERED("merged"),
    KEYLESS("hashed"),
    KEYLESS_MERGED("merged");

    private final String key;

    Form(String key) {
      this.key = key;
    }

    boolean hasKeys() {
      return this != KEYLESS && this != KEYLESS_MERGED;
    }
  }

  /** Of joins without keys no two cases can run in one. */
  static final List<Form> FORMS =
      List.of(
          Form.BROADCAST,
          Form.HASHED,
          Form.MERGED,
          Form.KEY_ORDERED,
          Form.KEYLESS,
          Form.BROADCAST,
          Form.HASHED,
          Form.MERGED,
          Form.KEY_ORDERED,
          Form.KEYLESS_MERGED,
          Form.MERGED);

  /** A further condition in the ON clause; what is null does not hold. */
  record Residual(String sql, BiPredicate<Row, Row> holds) {
    boolean readsLeft() {
      return sql.contains("l.");
    }

    boolean readsBoth() {
      return readsLeft() && sql.contains("r.");
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
}
