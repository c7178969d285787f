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

import java.util.List;
import java.util.Locale;

/**
 * The prices of items as they changed: {@code item_id, ts}, and a column of doubles. The first
 * version of an item may come after its first purchase, which then has no price.
 *
 * @param number tells several tables of one job from each other, from 1 on
 * @param versions rows of each item
 */
public record Facts(int number, long items, int versions, Values values) implements Table {
  public static Facts prices(long items, int versions) {
    return new Facts(1, items, versions, Values.QUARTERS);
  }

  public Facts withNumber(int changed) {
    return new Facts(changed, items, versions, values);
  }

  public Facts withValues(Values changed) {
    return new Facts(number, items, versions, changed);
  }

  public List<String> columns() {
    return List.of("item_id", "ts", column());
  }

  /** The one column that is not a key or a time. */
  public String column() {
    return number == 1 ? "price" : "price_" + number;
  }

  @Override
  public long rows() {
    return items * versions;
  }

  @Override
  public String directory() {
    return String.join(
        "-",
        "facts" + number,
        items + "items",
        versions + "versions",
        values.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String select() {
    int seed = 100 * number;
    return String.join(
        ", ",
        "concat('item_', lpad(CAST(id % " + items + " AS STRING), 7, '0')) AS item_id",
        Events.time(Table.uniform(seed + 1), -1, Events.DAYS + 1) + " AS ts",
        values.of(Table.uniform(seed + 2)) + " AS " + column());
  }
}
