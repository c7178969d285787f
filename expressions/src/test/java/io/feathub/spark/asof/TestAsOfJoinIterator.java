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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.asof.AsOfMatching.Direction;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.Option;

/**
 * The join's loop without Spark around it: left rows (key, time), right rows (key, time, value).
 */
class TestAsOfJoinIterator {
  private static final Attribute KEY = column("k", DataTypes.StringType);
  private static final Attribute TIME = column("t", DataTypes.LongType);
  private static final Attribute VALUE = column("v", DataTypes.IntegerType);
  private static final List<DataType> RIGHT_TYPES =
      List.of(DataTypes.StringType, DataTypes.LongType, DataTypes.IntegerType);

  private final SQLMetric outputRows = new SQLMetric("sum", 0);
  private final SQLMetric matched = new SQLMetric("sum", 0);
  private final SQLMetric unmatched = new SQLMetric("sum", 0);
  private final AsOfMetrics metrics =
      new AsOfMetrics(
          outputRows,
          matched,
          unmatched,
          new SQLMetric("sum", 0),
          new SQLMetric("sum", 0),
          new SQLMetric("sum", 0),
          new SQLMetric("size", 0),
          new SQLMetric("sum", 0),
          new SQLMetric("sum", 0),
          new SQLMetric("size", 0));

  @Test
  void padsUnmatchedRowsOfALeftJoinInTheirPlace() {
    Iterator<InternalRow> joined =
        join(true, row("a", 5L), row("b", 5L), row(null, 5L), row("a", null), row("a", 9L));

    assertThat(values(joined))
        .containsExactly("a5:1", "b5:null", "null5:null", "anull:null", "a9:2");
    assertThat(outputRows.value()).isEqualTo(5);
    assertThat(matched.value()).isEqualTo(2);
    assertThat(unmatched.value()).isEqualTo(3);
  }

  @Test
  void leavesUnmatchedRowsOutOfAnInnerJoin() {
    Iterator<InternalRow> joined = join(false, row("b", 5L), row("a", 5L), row("a", 1L));

    assertThat(values(joined)).containsExactly("a5:1");
    assertThat(outputRows.value()).isEqualTo(1);
    assertThat(unmatched.value()).isEqualTo(2);
  }

  @Test
  void askingTwiceWhetherThereIsARowLosesNone() {
    Iterator<InternalRow> joined = join(true, row("a", 5L), row("a", 9L));

    assertThat(joined.hasNext()).isTrue();
    assertThat(joined.hasNext()).isTrue();
    assertThat(values(joined)).containsExactly("a5:1", "a9:2");
    assertThatThrownBy(joined::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void anEmptyLeftSideGivesNothing() {
    assertThat(join(true).hasNext()).isFalse();
  }

  private Iterator<InternalRow> join(boolean keepUnmatched, InternalRow... left) {
    RightSide side =
        new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, false, RIGHT_TYPES);
    AsOfIndex index =
        side.index(
            List.<InternalRow>of(right("a", 3, 1), right("a", 7, 2)).iterator(),
            MemoryBudget.unlimited());
    AsOfProbe probe =
        new AsOfProbe(
            ScalaCollections.seq(KEY),
            ScalaCollections.seq(KEY, TIME),
            List.of(VALUE),
            1,
            new LeftTime(1, DataTypes.LongType),
            Option.empty(),
            new AsOfMatching(Direction.BACKWARD, true),
            new AsOfOutcome(true, keepUnmatched),
            metrics);
    return probe.join(probe.lookUp(List.of(left).iterator(), index));
  }

  private static List<String> values(Iterator<InternalRow> rows) {
    List<String> values = new ArrayList<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      values.add(text(row, 0) + text(row, 1) + ":" + text(row, 2));
    }
    return values;
  }

  private static String text(InternalRow row, int ordinal) {
    DataType type =
        ordinal == 0
            ? DataTypes.StringType
            : ordinal == 1 ? DataTypes.LongType : DataTypes.IntegerType;
    return String.valueOf(row.isNullAt(ordinal) ? null : row.get(ordinal, type));
  }

  private static InternalRow row(String key, Long time) {
    return new GenericInternalRow(new Object[] {UTF8String.fromString(key), time});
  }

  private static InternalRow right(String key, long time, int value) {
    return new GenericInternalRow(new Object[] {UTF8String.fromString(key), time, value});
  }

  private static Attribute column(String name, DataType type) {
    return new AttributeReference(
        name, type, true, Metadata.empty(), NamedExpression.newExprId(), ScalaCollections.seq());
  }
}
