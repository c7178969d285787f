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
import io.feathub.spark.asof.AsOfScenario.Keys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the rows of an as-of join follow from those of another one.
 *
 * @param law fails where it does not hold
 * @param applicable makes a random join one that the relation is about
 */
record AsOfRelation(
    String name, Consumer<RandomBatch> law, UnaryOperator<AsOfScenario> applicable) {
  static final List<AsOfRelation> ALL =
      List.of(
          new AsOfRelation("permuted input gives the same rows", AsOfRelation::permute),
          new AsOfRelation("split left sides unite", AsOfRelation::split),
          new AsOfRelation("right rows out of reach change nothing", AsOfRelation::addOutOfReach),
          new AsOfRelation(
              "right rows of other keys change nothing",
              AsOfRelation::addOtherKeys,
              scenario -> scenario.keys() == Keys.NONE ? scenario.withKeys(Keys.ONE) : scenario),
          new AsOfRelation("shifted times give the same rows", AsOfRelation::shift),
          new AsOfRelation("backward is forward on negated times", AsOfRelation::negate),
          new AsOfRelation("a backfill is a filter of the full run", AsOfRelation::backfill),
          new AsOfRelation(
              "a left condition its negation and null are everything", AsOfRelation::partition),
          new AsOfRelation(
              "an infinite tolerance is none",
              AsOfRelation::infiniteTolerance,
              scenario -> scenario.withTolerance(null)),
          new AsOfRelation(
              "a tolerance of zero is equality",
              AsOfRelation::zeroTolerance,
              scenario -> scenario.withTolerance(0L)),
          new AsOfRelation("every kind is a part of left", AsOfRelation::kinds),
          new AsOfRelation(
              "right rows later than the last left row of their key change nothing",
              AsOfRelation::deleteRightFuture,
              AsOfRelation::backward),
          new AsOfRelation(
              "deleting all rows behind a cut changes nothing before it",
              AsOfRelation::deleteFuture,
              AsOfRelation::backward));

  private AsOfRelation(String name, Consumer<RandomBatch> law) {
    this(name, law, UnaryOperator.identity());
  }

  /**
   * Fails unless the relation holds for a batch of random cases.
   *
   * @param number of the batch
   * @return the number of cases
   */
  int check(int number, int batchSize, AsOfRuns runs, Random random) {
    AsOfScenario scenario = applicable.apply(AsOfScenario.draw(number, random));
    List<RandomEvent> left = scenario.rows(batchSize, random);
    law.accept(new RandomBatch(runs, scenario, left, scenario.rows(batchSize, random), random));
    return scenario.casesIn(batchSize);
  }

  private static AsOfScenario backward(AsOfScenario scenario) {
    return scenario.withOperator(scenario.isStrict() ? ">" : ">=");
  }

  private static void permute(RandomBatch batch) {
    List<RandomEvent> left = new ArrayList<>(batch.left());
    List<RandomEvent> right = new ArrayList<>(batch.right());
    Collections.shuffle(left, batch.random());
    Collections.shuffle(right, batch.random());
    batch.assertSame(batch.join(left, right), batch.join());
  }

  private static void split(RandomBatch batch) {
    Map<Boolean, List<RandomEvent>> halves =
        batch.left().stream()
            .collect(Collectors.partitioningBy(row -> batch.random().nextBoolean()));
    List<Found> united =
        batch
            .runs()
            .joinEach(
                batch.scenario(), List.of(halves.get(true), halves.get(false)), batch.right());
    batch.assertSame(united, batch.join());
  }

  /** Later than every left row, or earlier, or farther away, as the direction has it. */
  private static void addOutOfReach(RandomBatch given) {
    AsOfScenario scenario = given.scenario();
    boolean near = scenario.isNearest() && scenario.tolerance() == null;
    RandomBatch batch =
        new RandomBatch(
            given.runs(),
            near ? scenario.withTolerance(3L) : scenario,
            given.left(),
            given.right(),
            given.random());
    LongSummaryStatistics times = batch.leftTimes();
    long beyond = scenario.isNearest() ? batch.scenario().tolerance() : 0;
    long distance = scenario.isStrict() && !scenario.isNearest() ? 0 : beyond + 1;
    Stream<RandomEvent> added =
        batch.right().stream()
            .map(
                row -> {
                  boolean later =
                      scenario.isBackward()
                          || (scenario.isNearest() && batch.random().nextBoolean());
                  long by = distance + batch.random().nextInt(3);
                  return row.at(later ? times.getMax() + by : times.getMin() - by);
                });
    batch.assertSame(batch.joinWithRight(batch.rightAnd(added)), batch.join());
  }

  private static void addOtherKeys(RandomBatch batch) {
    boolean nullsMatch = batch.scenario().keys() == Keys.NULL_SAFE;
    Stream<RandomEvent> added =
        batch.right().stream()
            .map(
                row -> {
                  String key = nullsMatch || batch.random().nextBoolean() ? "unseen" : null;
                  return new RandomEvent(row.number(), key, row.time(), row.value(), row.id());
                });
    batch.assertSame(batch.joinWithRight(batch.rightAnd(added)), batch.join());
  }

  private static void shift(RandomBatch batch) {
    long greatest = batch.scenario().timeType().greatestShift();
    long by = batch.random().nextLong(-greatest, greatest);
    List<RandomEvent> left = changeTimes(batch.left(), time -> time + by);
    batch.assertSame(batch.join(left, changeTimes(batch.right(), time -> time + by)), batch.join());
  }

  private static List<RandomEvent> changeTimes(List<RandomEvent> rows, LongUnaryOperator change) {
    return rows.stream()
        .map(row -> row.isTimed() ? row.at(change.applyAsLong(row.time())) : row)
        .toList();
  }

  private static void negate(RandomBatch given) {
    AsOfScenario scenario = given.scenario();
    RandomBatch batch = scenario.isNearest() ? neverEquallyFar(given) : given;
    String mirrored =
        scenario.isNearest()
            ? scenario.operator()
            : scenario.operator().replace('<', '(').replace('>', '<').replace('(', '>');
    List<Found> negated =
        batch
            .runs()
            .join(
                scenario.withOperator(mirrored),
                changeTimes(batch.left(), time -> -time),
                changeTimes(batch.right(), time -> -time));
    batch.assertSame(negated, batch.join());
  }

  /** Of two right times equally far away the earlier one wins, which negation makes the later. */
  private static RandomBatch neverEquallyFar(RandomBatch batch) {
    return new RandomBatch(
        batch.runs(),
        batch.scenario().keys() == Keys.NONE && batch.scenario().tolerance() != null
            ? batch.scenario().withTolerance(9L)
            : batch.scenario(),
        changeTimes(batch.left(), time -> 4 * time + 1),
        changeTimes(batch.right(), time -> 4 * time),
        batch.random());
  }

  /** With the range as a filter above the join, and with only those left rows. */
  private static void backfill(RandomBatch batch) {
    LongSummaryStatistics times = batch.leftTimes();
    long from = batch.random().nextLong(times.getMin(), times.getMax() + 1);
    long to = batch.random().nextLong(from, times.getMax() + 2);
    Predicate<RandomEvent> inRange = row -> row.isTimed() && row.time() >= from && row.time() < to;
    List<Found> expected = ofLeftRows(batch, batch.join(), inRange);
    String range =
        "l.t >= %s AND l.t < %s"
            .formatted(
                batch.scenario().timeType().of(from + "L"),
                batch.scenario().timeType().of(to + "L"));

    batch.assertSame(
        batch.runs().joinWhere(batch.scenario(), batch.left(), batch.right(), List.of(range)),
        expected);
    List<RandomEvent> left = batch.left().stream().filter(inRange).toList();
    batch.assertSame(batch.join(left, batch.right()), expected);
  }

  private static List<Found> ofLeftRows(
      RandomBatch batch, List<Found> rows, Predicate<RandomEvent> condition) {
    return rows.stream().filter(row -> condition.test(batch.left().get(row.left()))).toList();
  }

  private static void partition(RandomBatch batch) {
    List<String> conditions =
        List.of(
            "l.v > 1",
            "l.k = 'key1'",
            "l.n % 3 = l.v",
            "l.t <= " + batch.scenario().timeType().of("2L"));
    String condition = conditions.get(batch.random().nextInt(conditions.size()));
    List<String> parts =
        List.of(condition, "NOT (" + condition + ")", "(" + condition + ") IS NULL");
    batch.assertSame(
        batch.runs().joinWhere(batch.scenario(), batch.left(), batch.right(), parts), batch.join());
  }

  private static void infiniteTolerance(RandomBatch batch) {
    AsOfScenario infinite = batch.scenario().withTolerance(1_000_000L);
    batch.assertSame(batch.runs().join(infinite, batch.left(), batch.right()), batch.join());
  }

  private static void zeroTolerance(RandomBatch batch) {
    List<Found> rows = batch.join();
    AsOfScenario semi = batch.scenario().withHow("semi");
    if (batch.scenario().isStrict()) {
      assertThat(batch.runs().join(semi, batch.left(), batch.right()))
          .as(batch.toString())
          .isEmpty();
      return;
    }
    batch.assertSame(
        batch.runs().join(semi, batch.left(), batch.right()),
        batch.runs().joinOfEqualTimes(semi, batch.left(), batch.right()));
    for (String operator : List.of(">=", "<=", "~")) {
      AsOfScenario other = batch.scenario().withOperator(operator);
      batch.assertSame(batch.runs().join(other, batch.left(), batch.right()), rows);
    }
  }

  private static void kinds(RandomBatch batch) {
    Map<String, List<Found>> rows = new HashMap<>();
    for (String how : AsOfScenario.KINDS) {
      rows.put(how, batch.runs().join(batch.scenario().withHow(how), batch.left(), batch.right()));
    }
    List<Found> matched = rows.get("left").stream().filter(row -> row.right() != null).toList();
    List<Found> unmatched = rows.get("left").stream().filter(row -> row.right() == null).toList();
    assertThat(rows.get("left")).as(batch.toString()).hasSameSizeAs(batch.left());
    batch.assertSame(rows.get("inner"), matched);
    batch.assertSame(
        rows.get("semi"), matched.stream().map(row -> new Found(row.left(), null)).toList());
    batch.assertSame(rows.get("anti"), unmatched);
  }

  private static void deleteRightFuture(RandomBatch batch) {
    Map<List<Object>, Long> last = new HashMap<>();
    batch.left().stream()
        .filter(RandomEvent::isTimed)
        .forEach(row -> last.merge(batch.scenario().group(row), row.time(), Math::max));
    List<RandomEvent> past =
        batch.right().stream()
            .filter(
                row -> {
                  Long end = last.get(batch.scenario().group(row));
                  return end != null && row.isTimed() && row.time() <= end;
                })
            .toList();
    batch.assertSame(batch.joinWithRight(past), batch.join());
  }

  private static void deleteFuture(RandomBatch batch) {
    LongSummaryStatistics times = batch.leftTimes();
    long cut = batch.random().nextLong(times.getMin(), times.getMax() + 1);
    Predicate<RandomEvent> past = row -> row.isTimed() && row.time() <= cut;
    List<RandomEvent> left = batch.left().stream().filter(past).toList();
    List<RandomEvent> right = batch.right().stream().filter(past).toList();
    batch.assertSame(batch.join(left, right), ofLeftRows(batch, batch.join(), past));
  }

  @Override
  public String toString() {
    return name;
  }
}
