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
package io.feathub.spark.benchmark.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Purchases over {@value #DAYS} days: {@code user_id, item_id, item_count 1..5, ts}, in no order.
 *
 * @param skew how unevenly users and items occur
 * @param priced whether each row has a price of its own, for windows without an as-of join
 * @param extraColumns further columns of doubles, for wide rows
 */
public record Events(
    long rows, long users, long items, Skew skew, boolean priced, int extraColumns, Values values)
    implements Table {
  public static final int DAYS = 30;
  static final long START_MICROS = 1_640_995_200_000_000L;
  static final long DAY_MICROS = 86_400_000_000L;

  /** Many users and items, a few of them far busier than the rest: the shape of real shops. */
  public static Events purchases(long rows, long users, long items) {
    return new Events(rows, users, items, Skew.SHOP, false, 0, Values.QUARTERS);
  }

  public Events withSkew(Skew changed) {
    return new Events(rows, users, items, changed, priced, extraColumns, values);
  }

  public Events withPrice() {
    return new Events(rows, users, items, skew, true, extraColumns, values);
  }

  public Events withExtraColumns(int changed) {
    return new Events(rows, users, items, skew, priced, changed, values);
  }

  public Events withValues(Values changed) {
    return new Events(rows, users, items, skew, priced, extraColumns, changed);
  }

  public Events withRows(long changed) {
    return new Events(changed, users, items, skew, priced, extraColumns, values);
  }

  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("user_id", "item_id", "item_count", "ts"));
    if (priced) {
      columns.add("price");
    }
    for (int i = 1; i <= extraColumns; i++) {
      columns.add("extra_" + i);
    }
    return columns;
  }

  @Override
  public String directory() {
    return String.join(
        "-",
        "events",
        Long.toString(rows),
        users + "users",
        items + "items",
        skew.label(),
        priced ? "priced" : "plain",
        extraColumns + "extra",
        values.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String select() {
    List<String> select = new ArrayList<>();
    select.add(key("user", skew.user(Table.uniform(1)), users) + " AS user_id");
    select.add(key("item", skew.item(Table.uniform(2), Table.uniform(3)), items) + " AS item_id");
    select.add("CAST(1 + floor(" + Table.uniform(4) + " * 5) AS INT) AS item_count");
    select.add(time(Table.uniform(5), 0, DAYS) + " AS ts");
    if (priced) {
      select.add(values.of(Table.uniform(6)) + " AS price");
    }
    for (int i = 1; i <= extraColumns; i++) {
      select.add(values.of(Table.uniform(1000 + i)) + " AS extra_" + i);
    }
    return String.join(", ", select);
  }

  static String key(String kind, String uniform, long count) {
    return String.format(
        "concat('%s_', lpad(CAST(CAST(floor(%s * %d) AS BIGINT) AS STRING), 7, '0'))",
        kind, uniform, count);
  }

  static String time(String uniform, int fromDay, int days) {
    return String.format(
        "timestamp_micros(%d + CAST(%s * %d AS BIGINT))",
        START_MICROS + fromDay * DAY_MICROS, uniform, days * DAY_MICROS);
  }
}
