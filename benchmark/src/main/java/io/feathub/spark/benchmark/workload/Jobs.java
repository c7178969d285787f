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
package io.feathub.spark.benchmark.workload;

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.data.Skew;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The jobs that suites are made of. Numbers of rows are multiplied by a scale. */
record Jobs(double scale) {
  static final int LARGE_FRAME_SHARE = 5;

  private static final long FEW_USERS = 4;

  static final RangeWindow TWO_MINUTES = sum(Duration.ofMinutes(2));

  static RangeWindow sum(Duration range) {
    return new RangeWindow(Aggregate.SUM, range);
  }

  long scaled(long rows) {
    return Math.max(1, Math.round(rows * scale));
  }

  /** 10M purchases, and prices of 10,000 items in 100 versions each. */
  Job main() {
    return shop(scaled(10_000_000), Skew.SHOP);
  }

  /** A tenth of {@link #main}. */
  Job small() {
    return shop(scaled(1_000_000), Skew.SHOP);
  }

  Job hotItem() {
    return shop(scaled(10_000_000), Skew.HOT_ITEM);
  }

  /**
   * The shape of {@link #main} at any number of purchases: a user has a hundred, an item a
   * thousand.
   */
  Job shop(long rows, Skew skew) {
    long users = Math.max(1, rows / 100);
    long items = Math.max(1, rows / 1000);
    return new Job(
        Events.purchases(rows, users, items).withSkew(skew),
        AsOfKeys.ITEM,
        List.of(Facts.prices(items, 100)),
        List.of(TWO_MINUTES));
  }

  static Job withoutWindows(Job job) {
    return new Job(job.events(), job.keys(), job.facts(), List.of());
  }

  /** The windows alone, over rows with a price of their own. */
  static Job withoutFacts(Job job) {
    return new Job(job.events().withPrice(), job.keys(), List.of(), job.windows());
  }

  /** The same rows in files that are sorted by user and time. */
  static Job sorted(Job job) {
    return new Job(job.events().byUserAndTime(), job.keys(), job.facts(), job.windows());
  }

  /** Facts of so many columns beside the price. */
  Job wide(int extraColumns) {
    Job job = shop(scaled(300_000), Skew.SHOP);
    return new Job(
        job.events(),
        job.keys(),
        List.of(job.facts().get(0).withExtraColumns(extraColumns)),
        job.windows());
  }

  /** One item's facts for all events, matched by time alone. */
  Job withoutKey(long events, int facts) {
    return new Job(
        Events.purchases(events, Math.max(1, events / 100), 1),
        AsOfKeys.NONE,
        List.of(Facts.prices(1, facts)),
        List.of());
  }

  /** As many facts as events, an equal number of both for each item. */
  Job square(long rows, long items) {
    return new Job(
        Events.purchases(rows, rows, items).withSkew(Skew.UNIFORM),
        AsOfKeys.ITEM,
        List.of(Facts.prices(items, (int) Math.max(1, rows / items))),
        List.of());
  }

  /** 50M purchases by one user of one item. */
  Job oneKey() {
    return new Job(
        Events.purchases(scaled(50_000_000), 1, 1),
        AsOfKeys.ITEM,
        List.of(Facts.prices(1, 1000)),
        List.of(TWO_MINUTES));
  }

  /** 50M priced purchases by one user, and two windows over a fifth of the time. */
  Job largeFrames() {
    Duration range = Duration.ofDays(Events.DAYS).dividedBy(LARGE_FRAME_SHARE);
    return new Job(
        Events.purchases(scaled(50_000_000), 1, 1).withPrice(),
        AsOfKeys.ITEM,
        List.of(),
        List.of(sum(range), new RangeWindow(Aggregate.MAX, range)));
  }

  /** The as-of join alone of 5M events and 5M facts, all of one item. */
  Job oneKeyOnBothSides() {
    return square(scaled(5_000_000), 1);
  }

  /** A million facts, with more versions of fewer items. */
  Job versions(int versions) {
    long items = Math.max(1, scaled(1_000_000) / versions);
    return new Job(
        Events.purchases(scaled(1_000_000), scaled(10_000), items).withSkew(Skew.UNIFORM),
        AsOfKeys.ITEM,
        List.of(Facts.prices(items, versions)),
        List.of());
  }

  /** Windows that hold so many rows when they are full, over a few busy users. */
  Job frame(long rowsPerFrame) {
    long events = scaled(1_000_000);
    double share = (double) rowsPerFrame * FEW_USERS / events;
    long seconds = Math.max(1, Math.round(share * Duration.ofDays(Events.DAYS).toSeconds()));
    return windows(events, FEW_USERS, List.of(sum(Duration.ofSeconds(seconds))));
  }

  /** The most rows that a frame can hold. */
  long largestFrame() {
    return scaled(1_000_000) / FEW_USERS;
  }

  /** A million events of so many users. */
  Job users(long users) {
    return new Job(
        Events.purchases(scaled(1_000_000), users, scaled(1000)).withSkew(Skew.UNIFORM),
        AsOfKeys.ITEM,
        List.of(Facts.prices(scaled(1000), 100)),
        List.of(TWO_MINUTES));
  }

  /**
   * So many windows over the same keys: every aggregate in turn, over longer and longer ranges, of
   * one to thirty rows.
   */
  Job features(int count) {
    Aggregate[] aggregates = Aggregate.values();
    List<RangeWindow> windows =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new RangeWindow(aggregates[i % aggregates.length], Duration.ofHours(i)))
            .toList();
    return windows(scaled(1_000_000), scaled(1000), windows);
  }

  /** So many facts tables with the same key. */
  Job facts(int tables) {
    Job job = small();
    List<Facts> facts =
        IntStream.rangeClosed(1, tables)
            .mapToObj(number -> job.facts().get(0).withNumber(number))
            .toList();
    return new Job(job.events(), job.keys(), facts, List.of());
  }

  Job range(Duration range) {
    Job job = small();
    return withoutFacts(new Job(job.events(), job.keys(), job.facts(), List.of(sum(range))));
  }

  private static Job windows(long events, long users, List<RangeWindow> windows) {
    return new Job(
        Events.purchases(events, users, 1000).withSkew(Skew.UNIFORM).withPrice(),
        AsOfKeys.ITEM,
        List.of(),
        windows);
  }
}
