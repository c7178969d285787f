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
package io.feathub.spark.features;

import io.feathub.spark.features.ViewWindowOracle.Event;
import io.feathub.spark.features.ViewWindowOracle.Spec;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows with many equal times and nulls, and a view with any windows over them. */
final class RandomView {
  static final String SCHEMA =
      "k STRING, j INT, v INT, l BIGINT, x DOUBLE, f FLOAT, s STRING, t TIMESTAMP, id BIGINT";

  private static final List<String> FIELDS = List.of("k", "j", "v", "l", "x", "f", "s", "t", "id");
  private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
  private static final double[] DOUBLES = {0.1, -0.25, 1e16, -1e16, 3, 1e-300, -7.5};
  private static final float[] FLOATS = {0.1f, 16777216f, 1f, -3.5f, 1e-30f};

  private final Random random;
  private final List<Event> events;
  private final List<Feature> features = new ArrayList<>();
  private final Set<List<String>> groups = new HashSet<>();

  /** An expression of a view and what it means. */
  private record Expr(String text, Function<Event, Object> value, Class<?> type) {}

  private record Filter(String text, Predicate<Event> meaning) {}

  private RandomView(Random random, List<Event> events) {
    this.random = random;
    this.events = events;
  }

  static RandomView of(Random random, int rows) {
    List<Event> events = new ArrayList<>();
    for (long id = 0; id < rows; id++) {
      events.add(event(random, id));
    }
    return new RandomView(random, events);
  }

  private static Event event(Random random, long id) {
    Long micros = random.nextInt(12) == 0 ? null : (long) random.nextInt(40);
    Timestamp time = micros == null ? null : timestamp(micros);
    List<Object> source = new ArrayList<>();
    source.add(orNull(random, "key " + random.nextInt(3)));
    source.add(orNull(random, random.nextInt(2)));
    source.add(orNull(random, random.nextInt(7) - 3));
    source.add(orNull(random, random.nextLong() >> 10));
    source.add(orNull(random, DOUBLES[random.nextInt(DOUBLES.length)]));
    source.add(orNull(random, FLOATS[random.nextInt(FLOATS.length)]));
    source.add(orNull(random, Character.toString('a' + random.nextInt(3))));
    source.add(time);
    source.add(id);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < FIELDS.size(); i++) {
      values.put(FIELDS.get(i), source.get(i));
    }
    return new Event(micros, source, values);
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.from(START.plus(micros, ChronoUnit.MICROS));
  }

  private static Object orNull(Random random, Object value) {
    return random.nextInt(8) == 0 ? null : value;
  }

  List<Row> rows() {
    return events.stream().map(event -> RowFactory.create(event.source().toArray())).toList();
  }

  List<Feature> features() {
    return features;
  }

  /** The rows with their fields and features. */
  List<Event> events() {
    return events;
  }

  /** The group keys of the windows. */
  Set<List<String>> groups() {
    return groups;
  }

  /** A feature takes the name of a field, and turns its order around. */
  void replaceField() {
    features.add(Feature.of("v", "-v"));
    for (Event event : events) {
      Integer v = (Integer) event.get("v");
      event.values().put("v", v == null ? null : -v);
    }
  }

  /** Adds a window over fields. */
  void addWindow(String name) {
    AggFunc function = pick(AggFunc.values());
    boolean needsNumber = function == AggFunc.SUM || function == AggFunc.AVG;
    addWindow(name, function, expr(needsNumber));
  }

  /** Adds a window over a window of numbers. */
  void addWindowOver(String name, String earlier) {
    addWindow(name, pick(AggFunc.values()), new Expr(earlier, row -> row.get(earlier), Long.class));
  }

  /** Adds a window that counts rows. */
  void addCount(String name) {
    addWindow(name, AggFunc.ROW_NUMBER, expr(false));
  }

  private void addWindow(String name, AggFunc function, Expr expr) {
    Filter filter = filter();
    Long size = random.nextInt(3) == 0 ? null : (Long) (long) pick(0, 1, 5, 20);
    Long limit = random.nextBoolean() ? null : (Long) (long) pick(1, 2, 5, 100);
    List<String> keys = pick(List.<String>of(), List.of("k"), List.of("k", "j"));
    Spec spec =
        new Spec(
            function,
            expr.value,
            expr.type,
            size,
            limit,
            filter.meaning,
            pick(Exclude.values()),
            keys);
    OverWindowTransform.Builder window =
        OverWindowTransform.builder(expr.text, function)
            .exclude(spec.exclude())
            .groupByKeys(keys.toArray(String[]::new));
    if (size != null) {
      window.windowSize(Duration.ofNanos(size * 1000));
    }
    if (limit != null) {
      window.limit(limit);
    }
    if (filter.text != null) {
      window.filterExpr(filter.text);
    }
    features.add(Feature.of(name, window.build()));
    groups.add(keys);
    List<Object> values = ViewWindowOracle.of(spec, events);
    for (int i = 0; i < events.size(); i++) {
      events.get(i).values().put(name, values.get(i));
    }
  }

  private Expr expr(boolean number) {
    List<Expr> numbers =
        List.of(
            new Expr("v", row -> row.get("v"), Integer.class),
            new Expr("l", row -> row.get("l"), Long.class),
            new Expr("x", row -> row.get("x"), Double.class),
            new Expr("f", row -> row.get("f"), Float.class),
            new Expr(
                "v + 1",
                row -> row.get("v") == null ? null : (Integer) row.get("v") + 1,
                Integer.class));
    int chosen = random.nextInt(numbers.size() + (number ? 0 : 1));
    return chosen < numbers.size()
        ? numbers.get(chosen)
        : new Expr("s", row -> row.get("s"), String.class);
  }

  private Filter filter() {
    return switch (random.nextInt(6)) {
      case 0 -> new Filter("s = 'a'", row -> "a".equals(row.get("s")));
      case 1 -> new Filter("v >= 0", row -> row.get("v") != null && (Integer) row.get("v") >= 0);
      case 2 ->
          new Filter(
              "NOT v > 1 OR s IS NULL",
              row -> (row.get("v") != null && (Integer) row.get("v") <= 1) || row.get("s") == null);
      default -> new Filter(null, row -> true);
    };
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Feature feature : features) {
      text.append('\n').append(feature.name()).append(": ");
      if (feature.transform() instanceof OverWindowTransform window) {
        text.append(window.aggFunc()).append('(').append(window.expr()).append(") size ");
        text.append(window.windowSize()).append(" limit ").append(window.limit());
        text.append(" filter ").append(window.filterExpr()).append(' ').append(window.exclude());
        text.append(" by ").append(window.groupByKeys());
      } else {
        text.append(((ExpressionTransform) feature.transform()).expr());
      }
    }
    return text.toString();
  }
}
