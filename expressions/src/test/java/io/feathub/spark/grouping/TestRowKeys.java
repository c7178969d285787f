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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Murmur3HashFunction;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestRowKeys {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final Map<DataType, UnsafeProjection> PROJECTIONS = new HashMap<>();
  private static final DataType LCASE = StringType.apply("UTF8_LCASE");

  /**
   * Values of a type, one list for each key.
   *
   * @param reader that is chosen for a column of the type
   */
  private record Values(DataType type, Class<? extends RowKeys> reader, List<List<?>> keys) {}

  private static Stream<Values> values() {
    return Stream.of(
        new Values(DataTypes.LongType, FixedKey.class, distinct(0L, -1L, 1L << 32, Long.MIN_VALUE)),
        new Values(DataTypes.TimestampType, FixedKey.class, distinct(0L, -1L, Long.MAX_VALUE)),
        new Values(DataTypes.IntegerType, FixedKey.class, distinct(0, -1, Integer.MIN_VALUE)),
        new Values(DataTypes.DateType, FixedKey.class, distinct(0, -1, 20_000)),
        new Values(DataTypes.ShortType, FixedKey.class, distinct((short) 0, (short) -1)),
        new Values(DataTypes.ByteType, FixedKey.class, distinct((byte) 0, (byte) -1)),
        new Values(DataTypes.BooleanType, FixedKey.class, distinct(false, true)),
        new Values(
            DataTypes.createDecimalType(18, 2),
            FixedKey.class,
            distinct(Decimal.createUnsafe(5, 18, 2), Decimal.createUnsafe(-5, 18, 2))),
        new Values(
            DataTypes.createDecimalType(30, 2),
            ProjectedKeys.class,
            distinct(Decimal.apply("5.00"), Decimal.apply("-5.00"))),
        new Values(
            DataTypes.StringType,
            BytesKey.class,
            distinct(
                text(""), text("a"), text("A"), text("ab"), text("ab\0"), text("z".repeat(99)))),
        new Values(
            DataTypes.BinaryType,
            BytesKey.class,
            distinct(new byte[0], new byte[] {-1}, new byte[] {0}, new byte[] {0, 0})),
        new Values(LCASE, ProjectedKeys.class, List.of(texts("a", "A"), texts("b"), texts(""))),
        new Values(
            DataTypes.DoubleType,
            ProjectedKeys.class,
            List.of(List.of(0.0, -0.0), List.of(Double.NaN, -Double.NaN), List.of(1.0))),
        new Values(
            DataTypes.FloatType,
            ProjectedKeys.class,
            List.of(List.of(0f, -0f), List.of(Float.NaN, -Float.NaN), List.of(1f))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsEqualIsOneKeyAndNullIsAnother(Values values) {
    RowKeys keys = keys(values.type());
    assertThat(keys).isInstanceOf(values.reader());

    assertConsistent(keys, values, false);
  }

  @ParameterizedTest
  @MethodSource("values")
  void severalColumnsAreOneKey(Values values) {
    RowKeys keys = keys(values.type(), DataTypes.StringType);
    boolean inPlace = values.reader() != ProjectedKeys.class;
    assertThat(keys).isInstanceOf(inPlace ? CompositeKeys.class : ProjectedKeys.class);

    assertConsistent(keys, values, true);
  }

  /** Hash, equality and order must agree for each pair of rows. */
  private static void assertConsistent(RowKeys keys, Values values, boolean composite) {
    List<List<?>> all = new ArrayList<>(values.keys());
    all.add(Arrays.asList(null, null));
    List<UnsafeRow> rows = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int key = 0; key < all.size(); key++) {
      for (Object value : all.get(key)) {
        for (String text : composite ? new String[] {null, "", "x"} : new String[] {null}) {
          rows.add(row(values.type(), value, text(text)));
          numbers.add(3 * key + (text == null ? 0 : 1 + text.length()));
        }
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        UnsafeRow one = rows.get(i);
        UnsafeRow other = rows.get(j);
        boolean same = numbers.get(i).equals(numbers.get(j));
        assertThat(keys.equalTo(one, other)).isEqualTo(same);
        assertThat(keys.load(one) == keys.load(other)).isEqualTo(same);
        assertThat(keys.compare(one, other) == 0).isEqualTo(same);
        assertThat(Integer.signum(keys.compare(one, other)))
            .isEqualTo(-Integer.signum(keys.compare(other, one)));
      }
    }
    rows.sort(keys::compare);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i; j < rows.size(); j++) {
        assertThat(keys.compare(rows.get(i), rows.get(j))).isNotPositive();
      }
    }
  }

  @Test
  void withoutKeysAllRowsAreEqual() {
    RowKeys keys = RowKeySpec.of(List.of(), List.of()).newKeys();
    UnsafeRow one = row(DataTypes.LongType, 1L, null);
    UnsafeRow other = row(DataTypes.LongType, 2L, null);
    assertThat(keys.equalTo(one, other)).isTrue();
    assertThat(keys.load(one)).isEqualTo(keys.load(other));
    assertThat(keys.compare(one, other)).isZero();
  }

  /** A writer need not clear the bytes of a word that its type does not use. */
  @Test
  void unusedBytesOfAWordAreNotLookedAt() {
    UnsafeRow one = row(DataTypes.IntegerType, 7, null);
    UnsafeRow other = one.copy();
    other.setLong(0, 0x1234567800000000L);
    other.setInt(0, 7);
    assertThat(other).isNotEqualTo(one);
    RowKeys keys = keys(DataTypes.IntegerType);
    assertThat(keys.equalTo(one, other)).isTrue();
    assertThat(keys.load(one)).isEqualTo(keys.load(other));
  }

  @Test
  void bytesAreComparedUnsigned() {
    RowKeys keys = keys(DataTypes.BinaryType);
    Random random = new Random(SEED);
    for (int i = 0; i < 2000; i++) {
      byte[] one = bytes(random);
      byte[] other = random.nextBoolean() ? bytes(random) : one.clone();
      if (other.length > 0 && random.nextBoolean()) {
        other[random.nextInt(other.length)]++;
      }
      int order =
          keys.compare(
              row(DataTypes.BinaryType, one, null), row(DataTypes.BinaryType, other, null));
      assertThat(Integer.signum(order))
          .as("seed %d", SEED)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }
  }

  /** Also those of one partition, which Spark has made by another hash. */
  @ParameterizedTest
  @MethodSource("spread")
  void theKeysOfAPartitionSpreadOverAllBuckets(RowKeys keys) {
    Set<Integer> buckets = new HashSet<>();
    Set<Integer> hashes = new HashSet<>();
    int rows = 0;
    for (long id = 0; rows < 4000; id++) {
      if (Math.floorMod(Murmur3HashFunction.hash(id, DataTypes.LongType, 42L), 200) == 7) {
        int hash = keys.load(row(DataTypes.LongType, id, text("key " + id)));
        buckets.add(RowStore.bucketOf(hash));
        hashes.add(hash);
        rows++;
      }
    }
    assertThat(buckets).hasSize(RowStore.BUCKETS);
    assertThat(hashes).hasSizeGreaterThan(3990);
  }

  private static Stream<RowKeys> spread() {
    List<Attribute> columns = columns(DataTypes.LongType);
    return Stream.of(
        RowKeySpec.of(columns.subList(0, 1), columns).newKeys(),
        RowKeySpec.of(columns.subList(1, 2), columns).newKeys(),
        RowKeySpec.of(columns, columns).newKeys(),
        new ProjectedKeys(RowKeySpec.of(columns, columns).keys()));
  }

  /** Of the first column, or of that and the second one, a text. */
  private static RowKeys keys(DataType... types) {
    List<Attribute> columns = columns(types[0]);
    return RowKeySpec.of(columns.subList(0, types.length), columns).newKeys();
  }

  private static List<Attribute> columns(DataType first) {
    return Stream.of(first, DataTypes.StringType)
        .<Attribute>map(
            type ->
                new AttributeReference(
                    "column",
                    type,
                    true,
                    Metadata.empty(),
                    NamedExpression$.MODULE$.newExprId(),
                    ScalaCollections.seq()))
        .toList();
  }

  private static UnsafeRow row(DataType type, Object value, UTF8String text) {
    return PROJECTIONS
        .computeIfAbsent(
            type, first -> UnsafeProjection.create(new DataType[] {first, DataTypes.StringType}))
        .apply(new GenericInternalRow(new Object[] {value, text}))
        .copy();
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(30)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<List<?>> distinct(Object... values) {
    List<List<?>> keys = new ArrayList<>();
    for (Object value : values) {
      keys.add(List.of(value));
    }
    return keys;
  }

  private static List<UTF8String> texts(String... values) {
    return Stream.of(values).map(TestRowKeys::text).toList();
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value);
  }
}
