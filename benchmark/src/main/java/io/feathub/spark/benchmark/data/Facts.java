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
 * The prices of items as they changed: {@code item_id, ts}, and columns of doubles, in no order. No
 * two versions of an item have the same time, so that the latest one is never in doubt. The first
 * may come after the item's first purchases, which then have no price.
 *
 * @param number tells several tables of one job from each other, from 1 on
 * @param versions rows of each item
 * @param extraColumns doubles beside the price
 * @param clock the times that occur; if it is a coarse one, every other tick from the fourth on
 */
public record Facts(
    int number, long items, int versions, int extraColumns, Values values, Clock clock)
    implements Table {
  /** So many versions of an item have room on a coarse clock. */
  public static final int MOST_COARSE_VERSIONS = 48;

  private static final long FIRST_COARSE_TICK = 4;

  /** Has no factor in common with any number of rows that a machine could hold. */
  private static final long LARGE_PRIME = 2_654_435_761L;

  /** Prices over the same days as the purchases. */
  public static Facts prices(long items, int versions) {
    return new Facts(1, items, versions, 0, Values.QUARTERS, Clock.fine(Events.DAYS));
  }

  public Facts withNumber(int changed) {
    return new Facts(changed, items, versions, extraColumns, values, clock);
  }

  public Facts withExtraColumns(int changed) {
    return new Facts(number, items, versions, changed, values, clock);
  }

  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("item_id", "ts"));
    columns.addAll(features());
    return columns;
  }

  /** The columns that are no key or time. */
  public List<String> features() {
    List<String> features = new ArrayList<>();
    features.add(number == 1 ? "price" : "price_" + number);
    for (int i = 1; i <= extraColumns; i++) {
      features.add("fact" + number + "_" + i);
    }
    return features;
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
        VERSION,
        items + "items",
        versions + "versions",
        extraColumns + "extra",
        values.name().toLowerCase(Locale.ROOT),
        clock.label());
  }

  @Override
  public String select() {
    int seed = 1000 * number;
    String shuffled = String.format("pmod(id * %d, %d)", LARGE_PRIME, rows());
    List<String> select = new ArrayList<>();
    select.add(Table.key("item", shuffled + " % " + items) + " AS item_id");
    select.add(time("(" + shuffled + " DIV " + items + ")", Table.uniform(seed)) + " AS ts");
    for (String feature : features()) {
      seed++;
      select.add(values.of(Table.uniform(seed)) + " AS " + feature);
    }
    return String.join(", ", select);
  }

  /** Each version has its own part of the time. */
  private String time(String version, String uniform) {
    if (clock.isCoarse()) {
      return clock.at("2 * " + version + " + " + FIRST_COARSE_TICK);
    }
    long slot = clock.ticks() / versions;
    return clock.at(
        String.format("%s * %d + CAST(floor(%s * %d) AS BIGINT)", version, slot, uniform, slot));
  }
}
