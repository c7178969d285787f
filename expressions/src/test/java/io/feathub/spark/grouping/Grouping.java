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
package io.feathub.spark.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.feathub.spark.grouping.Events.By;
import io.feathub.spark.grouping.RowOrder.Ties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** What to group and sort by, for the sorter and for the model. */
record Grouping(List<String> keys, List<By> orderBy, Ties ties) {
  private static final By TIME = new By("time", false, true);

  /** Every kind of key, with one order. */
  static final List<Grouping> KEYS =
      List.of(
          new Grouping(List.of(), List.of(TIME), Ties.AS_INSERTED),
          new Grouping(List.of("text"), List.of(TIME), Ties.AS_INSERTED),
          new Grouping(List.of("number"), List.of(TIME), Ties.AS_INSERTED),
          new Grouping(List.of("day"), List.of(TIME), Ties.BY_CONTENT),
          new Grouping(List.of("amount"), List.of(TIME), Ties.AS_INSERTED),
          new Grouping(List.of("text", "day"), List.of(TIME), Ties.AS_INSERTED),
          new Grouping(List.of("number", "amount"), List.of(TIME), Ties.BY_CONTENT));

  /** Every kind of order, with one key. */
  static final List<Grouping> ORDERS =
      List.of(
          byText(Ties.AS_INSERTED),
          byText(Ties.BY_CONTENT),
          byText(Ties.AS_INSERTED, new By("time", false, false)),
          byText(Ties.BY_CONTENT, new By("time", true, true)),
          byText(Ties.AS_INSERTED, new By("time", true, false)),
          byText(Ties.AS_INSERTED, TIME, new By("amount", true, false)),
          byText(Ties.BY_CONTENT, new By("amount", false, false)),
          byText(Ties.AS_INSERTED, new By("price", true, true), new By("id", true, true)),
          byText(Ties.AS_INSERTED, new By("name", false, true)),
          byText(Ties.BY_CONTENT, new By("name", true, true), TIME),
          byText(Ties.AS_INSERTED, new By("day", true, false), new By("payload", false, true)));

  private static Grouping byText(Ties ties, By... orderBy) {
    return new Grouping(List.of("text"), List.of(orderBy), ties);
  }

  RowKeySpec keySpec() {
    return RowKeySpec.of(keys.stream().map(Events::column).toList(), Events.COLUMNS);
  }

  RowOrder order() {
    return RowOrder.of(orderBy.stream().map(By::order).toList(), Events.COLUMNS, ties);
  }

  KeyGroupSorter sorter(SortTask task, SpillLimits limits) {
    return task.sorter(keySpec(), order(), Events.FIELDS, limits);
  }

  /** Reads all rows and compares them with the model. */
  void assertReads(KeyedRows sorted, Events events, String description) {
    assertReads(sorted, events, () -> {}, description);
  }

  /**
   * @param between called between two rows, in the middle of what a user does with the first
   */
  void assertReads(KeyedRows sorted, Events events, Runnable between, String description) {
    Map<String, List<Long>> expected = events.grouped(keys, orderBy, ties);
    Map<String, List<Long>> actual = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    while (sorted.advanceNext()) {
      UnsafeRow row = sorted.row();
      boolean atNewKey = sorted.atNewKey();
      long id = row.getLong(Events.FIELDS - 1);
      between.run();
      if (!row.equals(events.rows().get((int) id)) || !row.equals(sorted.row())) {
        fail("%s: row %d is another", description, id);
      }
      if (atNewKey) {
        ids = new ArrayList<>();
        assertThat(actual.put(events.keyOf(id, keys), ids)).as(description).isNull();
      }
      ids.add(id);
    }
    assertThat(sorted.advanceNext()).as(description).isFalse();
    assertThat(actual).as(description).isEqualTo(expected);
  }
}
