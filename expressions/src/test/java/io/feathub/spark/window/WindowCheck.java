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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.WindowOracle;
import io.feathub.spark.window.RandomEvents.Event;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** One function of a random query: how it is written, and what it has to give. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum WindowCheck {
  SUM_D("sum(d)", Event::d, WindowOracle::sumOfDoubles, false),
  AVG_D("avg(d)", Event::d, WindowOracle::average, false),
  SUM_Q("sum(q)", Event::q, WindowOracle::sumOfDoubles, true),
  AVG_Q("avg(q)", Event::q, WindowOracle::average, true),
  SUM_F("sum(f)", Event::f, WindowOracle::sumOfDoubles, false),
  AVG_F("avg(f)", Event::f, WindowOracle::average, false),
  SUM_I("sum(i)", Event::i, WindowCheck::sumOfIntegers, true),
  AVG_I("avg(i)", Event::i, WindowOracle::average, true),
  SUM_L("sum(l)", Event::l, WindowCheck::sumOfIntegers, true),
  AVG_L("avg(l)", Event::l, WindowOracle::average, false),
  COUNT("count(*)", Event::d, WindowOracle::countRows, true),
  COUNT_D("count(d)", Event::d, WindowOracle::countValues, true),
  COUNT_K("count(k)", Event::k, WindowOracle::countValues, true),
  COUNT_DL(
      "count(d, l)",
      event -> event.d() == null || event.l() == null ? null : 1,
      WindowOracle::countValues,
      true),
  MIN_D("min(d)", Event::d, WindowOracle::min, true),
  MAX_D("max(d)", Event::d, WindowOracle::max, true),
  MIN_F("min(f)", Event::f, WindowOracle::min, true),
  MAX_F("max(f)", Event::f, WindowOracle::max, true),
  MIN_L("min(l)", Event::l, WindowOracle::min, true),
  MAX_I("max(i)", Event::i, WindowOracle::max, true),
  MIN_B("min(i > 0)", event -> event.i() == null ? null : event.i() > 0, WindowOracle::min, true),
  MAX_B("max(i > 0)", event -> event.i() == null ? null : event.i() > 0, WindowOracle::max, true),
  SUM_BYTE("sum(CAST(i % 100 AS TINYINT))", null, null, true),
  AVG_SHORT("avg(CAST(i % 1000 AS SMALLINT))", null, null, true),
  MIN_SHORT("min(CAST(i % 1000 AS SMALLINT))", null, null, true),
  MAX_BYTE("max(CAST(i % 100 AS TINYINT))", null, null, true),
  MIN_DT("min(dt)", null, null, true),
  MAX_DT("max(dt)", null, null, true),
  MIN_TS("min(ts)", null, null, true),
  MAX_TS("max(ts)", null, null, true),
  MAX_IV("max(i * INTERVAL '1' SECOND)", null, null, true);

  private final String sql;
  private final Function<Event, Object> value;
  private final Function<List<WindowOracle.Row>, Object> oracle;
  private final boolean likeSpark;

  /**
   * @param value the function's input; null where only Spark is compared with
   * @param likeSpark whether Spark's running sum is exact here, so that its rows must be ours
   */
  WindowCheck(
      String sql,
      Function<Event, Object> value,
      Function<List<WindowOracle.Row>, Object> oracle,
      boolean likeSpark) {
    this.sql = sql;
    this.value = value;
    this.oracle = oracle;
    this.likeSpark = likeSpark;
  }

  String sql() {
    return sql;
  }

  String column(String frame) {
    return name() + "_" + frame;
  }

  private static Long sumOfIntegers(List<WindowOracle.Row> frame) {
    BigInteger sum = WindowOracle.sumOfIntegers(frame);
    return sum == null ? null : sum.longValueExact();
  }

  static void againstOracle(
      Row actual, List<Event> events, Event current, String frame, long size, String seed) {
    for (WindowCheck check : values()) {
      if (check.oracle == null) {
        continue;
      }
      List<WindowOracle.Row> rows = new ArrayList<>();
      for (Event event : events) {
        rows.add(new WindowOracle.Row(event.k(), event.t(), check.value.apply(event)));
      }
      List<WindowOracle.Row> inFrame =
          WindowOracle.frame(
              rows, new WindowOracle.Row(current.k(), current.t(), null), time -> time - size);
      Object expected = check.oracle.apply(inFrame);
      Object got = actual.getAs(check.column(frame));
      if (!same(expected, got)) {
        assertThat(got)
            .as(
                "%s against the oracle, %s, %s, frame %s",
                check.column(frame), seed, current, inFrame)
            .isEqualTo(expected);
      }
    }
  }

  static void againstSpark(Row actual, Row stock, String frame, String seed) {
    for (WindowCheck check : values()) {
      Object expected = stock.getAs(check.column(frame));
      Object got = actual.getAs(check.column(frame));
      if (check.likeSpark && !same(withoutSignOfZero(expected), withoutSignOfZero(got))) {
        assertThat(got)
            .as("%s against Spark, %s, id %s", check.column(frame), seed, stock.getAs("id"))
            .isEqualTo(expected);
      }
    }
  }

  /** Which of two zeros of the same time comes first is left open by Spark. */
  private static Object withoutSignOfZero(Object value) {
    if (value instanceof Double number) {
      return number + 0.0;
    }
    return value instanceof Float number ? (Object) (number + 0.0f) : value;
  }

  private static boolean same(Object expected, Object got) {
    // Boxed doubles are equal if their bits are, with one NaN.
    return expected == null ? got == null : expected.equals(got);
  }
}
