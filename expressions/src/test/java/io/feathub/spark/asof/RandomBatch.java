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

import io.feathub.spark.asof.AsOfRuns.Found;
import io.feathub.spark.testing.AsOfOracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Random cases that are run together. */
record RandomBatch(
    AsOfRuns runs,
    AsOfScenario scenario,
    List<RandomEvent> left,
    List<RandomEvent> right,
    Random random) {
  List<Found> join() {
    return runs.join(scenario, left, right);
  }

  List<Found> joinWithRight(List<RandomEvent> newRight) {
    return runs.join(scenario, left, newRight);
  }

  /** Of the left rows that have a time. */
  LongSummaryStatistics leftTimes() {
    return left.stream()
        .filter(RandomEvent::isTimed)
        .mapToLong(RandomEvent::time)
        .summaryStatistics();
  }

  List<RandomEvent> rightAnd(Stream<RandomEvent> more) {
    List<RandomEvent> both = new ArrayList<>(right);
    more.map(row -> new RandomEvent(row.number(), row.key(), row.time(), row.value(), both.size()))
        .forEachOrdered(both::add);
    Collections.shuffle(both, random);
    return both;
  }

  List<Found> join(List<RandomEvent> newLeft, List<RandomEvent> newRight) {
    return runs.join(scenario, newLeft, newRight);
  }

  /** What a reader of the query would expect. */
  List<Found> expected() {
    List<Found> found = new ArrayList<>();
    AsOfOracle oracle = scenario.oracle();
    for (Row row : oracle.join(readable(left), readable(right), 1)) {
      boolean matched = row.length() > RandomEvent.COLUMNS && !row.isNullAt(RandomEvent.COLUMNS);
      found.add(new Found(row.getInt(0), matched ? row.getInt(RandomEvent.COLUMNS) : null));
    }
    return found;
  }

  private static List<Row> readable(List<RandomEvent> events) {
    return events.stream().map(RandomEvent::readable).toList();
  }

  void assertSame(List<Found> actual, List<Found> expected) {
    assertThat(actual).as(toString()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Override
  public String toString() {
    return "%s, left %s, right %s".formatted(scenario, left, right);
  }
}
