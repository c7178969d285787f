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
package io.feathub.spark.window;

import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values as a test holds them, and Spark's order of them. */
final class NaiveOrder {
  private static final Comparator<Row> NO_ORDER = Comparator.comparing(row -> 0);

  private NaiveOrder() {}

  /**
   * A value of a row such that equal values are equal objects: bytes as hexadecimal text, lists and
   * maps as Java's, months and years as months.
   */
  static Object plain(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Period period) {
      return Period.ofMonths((int) period.toTotalMonths());
    }
    if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream().map(NaiveOrder::plain).toList();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      TreeMap<Object, Object> plain = new TreeMap<>(NaiveOrder::compare);
      CollectionConverters.asJava(map).forEach((key, count) -> plain.put(plain(key), count));
      if (plain.size() != map.size()) {
        throw new IllegalArgumentException("A key stands twice in " + map);
      }
      return plain;
    }
    return value;
  }

  /** Of two values of a type: NaN is the greatest and equals itself, and -0.0 equals 0.0. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // The values of a column are of one type.
  static int compare(Object left, Object right) {
    if (left instanceof Double || left instanceof Float) {
      double l = ((Number) left).doubleValue();
      double r = ((Number) right).doubleValue();
      return l == r ? 0 : Double.compare(l, r);
    }
    if (left instanceof String text) {
      return Arrays.compareUnsigned(bytes(text), bytes((String) right));
    }
    if (left instanceof Period period) {
      return Long.compare(period.toTotalMonths(), ((Period) right).toTotalMonths());
    }
    return ((Comparable) left).compareTo(right);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** By all columns, one after the other, ascending, nulls first. */
  static Comparator<Row> ofColumns(List<Integer> columns) {
    Comparator<Row> order = NO_ORDER;
    for (int column : columns) {
      order =
          order.thenComparing(
              row -> plain(row.get(column)), Comparator.nullsFirst(NaiveOrder::compare));
    }
    return order;
  }
}
