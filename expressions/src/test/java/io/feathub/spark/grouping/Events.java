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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;

/** Random rows, and a plain model of how they are grouped and sorted. */
final class Events {
  static final List<String> NAMES =
      List.of("text", "number", "day", "amount", "time", "price", "name", "payload", "id");
  private static final DataType[] TYPES = {
    DataTypes.StringType,
    DataTypes.LongType,
    DataTypes.IntegerType,
    DataTypes.DoubleType,
    DataTypes.TimestampType,
    DataTypes.FloatType,
    DataTypes.StringType,
    DataTypes.BinaryType,
    DataTypes.LongType
  };
  static final int FIELDS = TYPES.length;
  private static final int ID = FIELDS - 1;
  private static final double[] AMOUNTS = {
    0.0, -0.0, Double.NaN, 1.5, -1.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  static final List<Attribute> COLUMNS = columns();

  private final List<Object[]> values = new ArrayList<>();
  private final List<UnsafeRow> rows = new ArrayList<>();

  /** In which order times come. */
  enum Times {
    ASCENDING,
    DESCENDING,
    RANDOM,
    SORTED_BLOCKS,
    FEW
  }

  /** How many rows and keys there are, and up to how many bytes a row has beside. */
  record Shape(int rows, int keys, Times times, int payload) {}

  /** One column of an order. */
  record By(String name, boolean descending, boolean nullsFirst) {
    SortOrder order() {
      return new SortOrder(
          column(name),
          descending ? Descending$.MODULE$ : Ascending$.MODULE$,
          nullsFirst ? NullsFirst$.MODULE$ : NullsLast$.MODULE$,
          ScalaCollections.seq());
    }

    int compare(Object[] one, Object[] other) {
      Object left = one[NAMES.indexOf(name)];
      Object right = other[NAMES.indexOf(name)];
      if (left == null || right == null) {
        int nulls = Boolean.compare(left == null, right == null);
        return nullsFirst ? -nulls : nulls;
      }
      return descending ? compareValues(right, left) : compareValues(left, right);
    }
  }

  Events(Shape shape, Random random) {
    UnsafeProjection projection = UnsafeProjection.create(TYPES);
    for (int i = 0; i < shape.rows(); i++) {
      int key = random.nextInt(shape.keys());
      Object[] row = {
        key % 11 == 10 ? null : text("key " + "k".repeat(key % 40) + key),
        key % 7 == 6 ? null : (Object) (key * 0x123456789L),
        key % 5 == 4 ? null : (Object) (-key),
        random.nextInt(9) == 0 ? null : (Object) AMOUNTS[random.nextInt(AMOUNTS.length)],
        random.nextInt(20) == 0 ? null : (Object) time(shape, i, random),
        random.nextInt(9) == 0 ? null : (Object) (float) AMOUNTS[random.nextInt(AMOUNTS.length)],
        random.nextInt(9) == 0 ? null : text("name " + random.nextInt(5)),
        new byte[random.nextInt(shape.payload() + 1)],
        (long) i
      };
      random.nextBytes((byte[]) row[7]);
      values.add(row);
      rows.add(projection.apply(new GenericInternalRow(row)).copy());
    }
  }

  private static long time(Shape shape, int i, Random random) {
    return switch (shape.times()) {
      case ASCENDING -> i / 2;
      case DESCENDING -> -i / 2;
      case RANDOM -> random.nextLong();
      case SORTED_BLOCKS -> i % Math.max(1, shape.rows() / 8) * 1000L + 5 - i % 3;
      case FEW -> random.nextInt(4) - 2;
    };
  }

  List<UnsafeRow> rows() {
    return rows;
  }

  static Attribute column(String name) {
    return COLUMNS.get(NAMES.indexOf(name));
  }

  /** The ids of each key's rows in order, by a text of the key. */
  Map<String, List<Long>> grouped(List<String> keys, List<By> orderBy, RowOrder.Ties ties) {
    Map<String, List<Object[]>> groups = new LinkedHashMap<>();
    for (Object[] row : values) {
      groups.computeIfAbsent(keyOf(row, keys), key -> new ArrayList<>()).add(row);
    }
    List<By> all = new ArrayList<>(orderBy);
    if (ties == RowOrder.Ties.BY_CONTENT) {
      NAMES.forEach(name -> all.add(new By(name, false, true)));
    }
    Map<String, List<Long>> ids = new LinkedHashMap<>();
    groups.forEach(
        (key, group) -> {
          group.sort(comparator(all));
          ids.put(key, group.stream().map(row -> (Long) row[ID]).toList());
        });
    return ids;
  }

  private static Comparator<Object[]> comparator(List<By> orders) {
    return (one, other) -> {
      for (By by : orders) {
        int order = by.compare(one, other);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  String keyOf(long id, List<String> keys) {
    return keyOf(values.get((int) id), keys);
  }

  private static String keyOf(Object[] row, List<String> keys) {
    StringBuilder text = new StringBuilder();
    for (String key : keys) {
      Object value = row[NAMES.indexOf(key)];
      text.append(value instanceof Double number && number == 0 ? 0.0 : value).append('|');
    }
    return text.toString();
  }

  private static int compareValues(Object one, Object other) {
    if (one instanceof Double number) {
      return compareDoubles(number, (Double) other);
    }
    if (one instanceof Float number) {
      return compareDoubles(number, (Float) other);
    }
    if (one instanceof Number number) {
      return Long.compare(number.longValue(), ((Number) other).longValue());
    }
    return Arrays.compareUnsigned(bytes(one), bytes(other));
  }

  private static int compareDoubles(double one, double other) {
    return one == other ? 0 : Double.compare(one, other);
  }

  private static byte[] bytes(Object value) {
    return value instanceof UTF8String text ? text.getBytes() : (byte[]) value;
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value);
  }

  private static List<Attribute> columns() {
    List<Attribute> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.length; i++) {
      columns.add(
          new AttributeReference(
              NAMES.get(i),
              TYPES[i],
              true,
              Metadata.empty(),
              NamedExpression$.MODULE$.newExprId(),
              ScalaCollections.seq()));
    }
    return columns;
  }
}
