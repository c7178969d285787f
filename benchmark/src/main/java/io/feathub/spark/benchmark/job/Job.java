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
package io.feathub.spark.benchmark.job;

import io.feathub.spark.benchmark.data.Clock;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.data.Layout;
import io.feathub.spark.benchmark.data.Skew;
import io.feathub.spark.benchmark.data.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What every contender computes: one row per event with the facts as of its time and aggregates
 * over the user's recent past.
 *
 * <p>Every feature depends on nothing but the values of the event's own columns and on the tables.
 * So two events that are equal have equal features, which is what lets answers be compared without
 * row numbers.
 */
public record Job(Events events, AsOfKeys keys, List<Facts> facts, List<RangeWindow> windows) {
  private static final long EDGE_ROWS = 20_000;
  private static final long EDGE_KEYS = 20;

  /** What an event and a fact have to agree in. */
  public enum AsOfKeys {
    ITEM,
    NONE
  }

  /**
   * The same job on data where the edges are: a few busy users and items, times that are equal or
   * exactly as far apart as the shortest window reaches, and doubles whose every bit is used.
   */
  public Job onTheEdges() {
    long items = Math.min(events.items(), EDGE_KEYS);
    Clock clock = Clock.coarse(tick());
    return new Job(
        new Events(
            EDGE_ROWS,
            Math.min(events.users(), EDGE_KEYS),
            items,
            Skew.UNIFORM,
            events.priced(),
            Values.ARBITRARY,
            clock,
            events.layout()),
        keys,
        facts.stream()
            .map(
                table ->
                    new Facts(
                        table.number(),
                        items,
                        Math.min(table.versions(), Facts.MOST_COARSE_VERSIONS),
                        table.extraColumns(),
                        Values.ARBITRARY,
                        clock))
            .toList(),
        windows);
  }

  private Duration tick() {
    return windows.stream()
        .map(window -> window.range().dividedBy(2))
        .min(Duration::compareTo)
        .orElse(Duration.ofMinutes(1));
  }

  /** Whether the windows' rows are read in the order that the windows need. */
  public boolean comesInOrderOfWindows() {
    return facts.isEmpty() && !windows.isEmpty() && events.layout() == Layout.BY_USER_AND_TIME;
  }

  /** The columns that a contender adds to those of the events, in order. */
  public List<String> features() {
    List<String> features = new ArrayList<>();
    facts.forEach(table -> features.addAll(table.features()));
    windows.forEach(window -> features.add(window.column()));
    return features;
  }

  /** All columns of the answer, in order. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(events.columns());
    columns.addAll(features());
    return columns;
  }

  /** What a contender reads at least. */
  public long rowsOfAllTables() {
    return events.rows() + facts.stream().mapToLong(Facts::rows).sum();
  }
}
