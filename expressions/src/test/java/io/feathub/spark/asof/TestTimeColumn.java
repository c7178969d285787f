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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTimeColumn {

  @Test
  void ordersDoublesAsSparkDoes() {
    List<Double> ascending =
        List.of(
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -1.0,
            -Double.MIN_VALUE,
            0.0,
            Double.MIN_VALUE,
            1.0,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN);
    assertThat(ascending.stream().map(TimeColumn::ordered).toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(TimeColumn.ordered(-0.0)).isEqualTo(TimeColumn.ordered(0.0));
    assertThat(TimeColumn.ordered(Double.longBitsToDouble(0xfff8000000000001L)))
        .isEqualTo(TimeColumn.ordered(Double.NaN));
  }

  @Test
  void keepsTheOrderOfRandomDoubles() {
    Random random = new Random(42);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      values.add(Double.longBitsToDouble(random.nextLong()));
    }
    List<Double> byEncoding = new ArrayList<>(values);
    byEncoding.sort(Comparator.comparing(TimeColumn::ordered));
    values.sort(Comparator.naturalOrder());
    assertThat(byEncoding).isEqualTo(values);
  }

  @Test
  void readsEachTypeAtItsPosition() {
    assertThat(read(DataTypes.TimestampType, 5L)).isEqualTo(5);
    assertThat(read(DataTypes.DateType, -3)).isEqualTo(-3);
    assertThat(read(DataTypes.ShortType, (short) -2)).isEqualTo(-2);
    assertThat(read(DataTypes.ByteType, (byte) 7)).isEqualTo(7);
    assertThat(read(DataTypes.createDecimalType(18, 2), Decimal.apply(-150L, 18, 2)))
        .isEqualTo(-150);
    assertThat(read(DataTypes.FloatType, 1.5f)).isEqualTo(TimeColumn.ordered(1.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRING", "DECIMAL(19,0)", "BINARY", "STRUCT<a: INT>", "BOOLEAN"})
  void doesNotTakeTypesThatNoLongCanOrder(String type) {
    assertThat(TimeColumn.supports(DataType.fromDDL(type))).isFalse();
  }

  private static long read(DataType type, Object value) {
    return TimeColumn.of(1, type).read(new GenericInternalRow(new Object[] {"other", value}));
  }
}
