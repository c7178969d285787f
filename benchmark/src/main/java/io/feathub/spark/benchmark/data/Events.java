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
 * Purchases: {@code user_id, item_id, item_count 1..5, ts}, in no order.
 *
 * @param skew how unevenly users and items occur
 * @param priced whether each row has a price of its own, for windows without an as-of join
 * @param clock the times that occur
 */
public record Events(
    long rows,
    long users,
    long items,
    Skew skew,
    boolean priced,
    Values values,
    Clock clock,
    Layout layout)
    implements Table {
  public static final int DAYS = 30;
  public static final String USER = "user_id";
  public static final String TIME = "ts";

  /** Many users and items, a few of them far busier than the rest, over {@value #DAYS} days. */
  public static Events purchases(long rows, long users, long items) {
    return new Events(
        rows, users, items, Skew.SHOP, false, Values.QUARTERS, Clock.fine(DAYS), Layout.SCATTERED);
  }

  public Events withSkew(Skew changed) {
    return new Events(rows, users, items, changed, priced, values, clock, layout);
  }

  public Events withPrice() {
    return new Events(rows, users, items, skew, true, values, clock, layout);
  }

  /** The same rows in files that are sorted. */
  public Events byUserAndTime() {
    return new Events(rows, users, items, skew, priced, values, clock, Layout.BY_USER_AND_TIME);
  }

  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(USER, "item_id", "item_count", TIME));
    if (priced) {
      columns.add("price");
    }
    return columns;
  }

  @Override
  public String directory() {
    String directory =
        String.join(
            "-",
            "events",
            VERSION,
            Long.toString(rows),
            users + "users",
            items + "items",
            skew.label(),
            priced ? "priced" : "plain",
            values.name().toLowerCase(Locale.ROOT),
            clock.label());
    return layout == Layout.SCATTERED ? directory : directory + "-sorted";
  }

  @Override
  public String select() {
    List<String> select = new ArrayList<>();
    select.add(key("user", skew.user(Table.uniform(1)), users) + " AS " + USER);
    select.add(key("item", skew.item(Table.uniform(2), Table.uniform(3)), items) + " AS item_id");
    select.add("CAST(1 + floor(" + Table.uniform(4) + " * 5) AS INT) AS item_count");
    select.add(clock.any(Table.uniform(5)) + " AS " + TIME);
    if (priced) {
      select.add(values.of(Table.uniform(6)) + " AS price");
    }
    return String.join(", ", select);
  }

  private static String key(String kind, String uniform, long count) {
    return Table.key(kind, String.format("CAST(floor(%s * %d) AS BIGINT)", uniform, count));
  }
}
