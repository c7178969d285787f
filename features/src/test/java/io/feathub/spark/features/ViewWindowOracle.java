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

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What windows of views mean, row by row, in the simplest way. */
final class ViewWindowOracle {
  /** So that a quotient that is next to the middle of two doubles does not become the middle. */
  private static final MathContext MORE_DIGITS_THAN_A_DOUBLE = new MathContext(1200);

  private ViewWindowOracle() {}

  /**
   * A row of a view.
   *
   * @param time in microseconds; null if there is none
   * @param source the fields of the source in order
   * @param values the fields and the features so far
   */
  record Event(Long time, List<Object> source, Map<String, Object> values) {
    Object get(String name) {
      return values.get(name);
    }
  }

  /**
   * A window.
   *
   * @param size in microseconds; null for all
   * @param limit null for none
   */
  record Spec(
      AggFunc function,
      Function<Event, Object> value,
      Class<?> type,
      Long size,
      Long limit,
      Predicate<Event> filter,
      Exclude exclude,
      List<String> keys) {}

  /** The values of a window in each of the rows. */
  static List<Object> of(Spec spec, List<Event> events) {
    return events.stream().map(event -> aggregate(spec, frame(spec, event, events))).toList();
  }

  private static List<Event> frame(Spec spec, Event current, List<Event> events) {
    if (current.time() == null) {
      return List.of();
    }
    List<Event> frame = new ArrayList<>();
    for (Event event : events) {
      if (inGroup(spec, event, current)
          && inRange(spec, event, current)
          && !isExcluded(spec.exclude(), event, current)
          && spec.filter().test(event)) {
        frame.add(event);
      }
    }
    frame.sort(
        Comparator.comparing(Event::time).thenComparing(Event::source, ViewWindowOracle::compare));
    int left = spec.limit() == null ? frame.size() : (int) Math.min(frame.size(), spec.limit());
    return frame.subList(frame.size() - left, frame.size());
  }

  private static boolean inGroup(Spec spec, Event event, Event current) {
    return spec.keys().stream().allMatch(key -> Objects.equals(event.get(key), current.get(key)));
  }

  private static boolean inRange(Spec spec, Event event, Event current) {
    return event.time() != null
        && event.time() <= current.time()
        && (spec.size() == null || event.time() >= current.time() - spec.size());
  }

  @SuppressWarnings("ReferenceEquality") // Another row may have the same values.
  private static boolean isExcluded(Exclude exclude, Event event, Event current) {
    boolean isPeer = event.time().equals(current.time());
    return switch (exclude) {
      case NONE -> false;
      case CURRENT_ROW -> event == current;
      case CURRENT_TIME -> isPeer && event != current;
      case CURRENT_GROUP -> isPeer;
    };
  }

  @SuppressWarnings("unchecked") // The values of a column are of one comparable type.
  private static int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      Comparator<Comparable<Object>> order = Comparator.nullsFirst(Comparator.naturalOrder());
      int compared =
          order.compare((Comparable<Object>) left.get(i), (Comparable<Object>) right.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static Object aggregate(Spec spec, List<Event> frame) {
    List<Object> all = new ArrayList<>();
    frame.forEach(event -> all.add(spec.value().apply(event)));
    List<Object> values = all.stream().filter(Objects::nonNull).toList();
    return switch (spec.function()) {
      case SUM -> frame.isEmpty() ? typed(BigDecimal.ZERO, spec.type()) : sum(spec, values);
      case AVG -> average(values);
      case MIN -> values.isEmpty() ? null : Collections.min(values, ViewWindowOracle::compareTwo);
      case MAX -> values.isEmpty() ? null : Collections.max(values, ViewWindowOracle::compareTwo);
      case COUNT -> (long) values.size();
      case ROW_NUMBER -> (long) frame.size();
      case FIRST_VALUE -> all.isEmpty() ? null : all.get(0);
      case LAST_VALUE -> all.isEmpty() ? null : all.get(all.size() - 1);
      case VALUE_COUNTS -> values.isEmpty() ? null : counts(values);
      case COLLECT_LIST -> all;
    };
  }

  private static int compareTwo(Object left, Object right) {
    return compare(List.of(left), List.of(right));
  }

  private static BigDecimal exact(List<Object> values) {
    return values.stream()
        .map(
            value ->
                value instanceof Double || value instanceof Float
                    ? new BigDecimal(((Number) value).doubleValue())
                    : new BigDecimal(value.toString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Object sum(Spec spec, List<Object> values) {
    return values.isEmpty() ? null : typed(exact(values), spec.type());
  }

  private static Object typed(BigDecimal number, Class<?> type) {
    if (type == Integer.class) {
      return number.intValueExact();
    }
    if (type == Long.class) {
      return number.longValueExact();
    }
    return type == Float.class ? (Object) number.floatValue() : number.doubleValue();
  }

  private static Object average(List<Object> values) {
    return values.isEmpty()
        ? null
        : exact(values)
            .divide(BigDecimal.valueOf(values.size()), MORE_DIGITS_THAN_A_DOUBLE)
            .doubleValue();
  }

  private static Map<Object, Object> counts(List<Object> values) {
    Map<Object, Object> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, (one, more) -> (Long) one + (Long) more));
    return counts;
  }
}
