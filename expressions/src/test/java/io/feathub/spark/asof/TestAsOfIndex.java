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

import io.feathub.spark.asof.AsOfMatching.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** The index of the right side, without Spark around it. Rows are (key, time, value). */
class TestAsOfIndex {
  private static final AsOfMatching AT_OR_BEFORE = new AsOfMatching(Direction.BACKWARD, true);
  private static final AsOfMatching BEFORE = new AsOfMatching(Direction.BACKWARD, false);
  private static final AsOfMatching AT_OR_AFTER = new AsOfMatching(Direction.FORWARD, true);
  private static final AsOfMatching AFTER = new AsOfMatching(Direction.FORWARD, false);

  private static final List<DataType> TYPES =
      List.of(DataTypes.StringType, DataTypes.LongType, DataTypes.StringType);
  private static final RightSide SIDE =
      new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, false, TYPES);
  private static final RightSide SIDE_WITH_TIES =
      new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, true, TYPES);
  private static final LeftTime LEFT_TIME = new LeftTime(1, DataTypes.LongType);
  private static final UnsafeProjection KEY =
      UnsafeProjection.create(new DataType[] {DataTypes.StringType});

  @Test
  void looksUpInEachDirection() {
    AsOfIndex index = index(row("a", 10, "x"), row("a", 20, "y"), row("b", 5, "z"));

    assertThat(find(index, AT_OR_BEFORE, "a", 9)).isNull();
    assertThat(find(index, AT_OR_BEFORE, "a", 10)).isEqualTo("x");
    assertThat(find(index, AT_OR_BEFORE, "a", 19)).isEqualTo("x");
    assertThat(find(index, AT_OR_BEFORE, "a", Long.MAX_VALUE)).isEqualTo("y");
    assertThat(find(index, BEFORE, "a", 10)).isNull();
    assertThat(find(index, BEFORE, "a", 20)).isEqualTo("x");
    assertThat(find(index, AT_OR_AFTER, "a", 20)).isEqualTo("y");
    assertThat(find(index, AT_OR_AFTER, "a", 21)).isNull();
    assertThat(find(index, AFTER, "a", 10)).isEqualTo("y");
    assertThat(find(index, AFTER, "a", Long.MIN_VALUE)).isEqualTo("x");
    assertThat(find(index, AT_OR_BEFORE, "c", 100)).isNull();
  }

  @Test
  void takesTheNearestAndOfTwoEquallyCloseTheEarlier() {
    AsOfIndex index = index(row("a", 10, "x"), row("a", 20, "y"), row("a", 40, "z"));
    AsOfMatching nearest = new AsOfMatching(Direction.NEAREST, true);
    AsOfMatching strictly = nearest.withoutExactMatches();

    assertThat(find(index, nearest, "a", Long.MIN_VALUE)).isEqualTo("x");
    assertThat(find(index, nearest, "a", 15)).isEqualTo("x");
    assertThat(find(index, nearest, "a", 16)).isEqualTo("y");
    assertThat(find(index, nearest, "a", 20)).isEqualTo("y");
    assertThat(find(index, strictly, "a", 20)).isEqualTo("x");
    assertThat(find(index, strictly, "a", 40)).isEqualTo("y");
    assertThat(find(index, nearest, "a", Long.MAX_VALUE)).isEqualTo("z");
  }

  @Test
  void keepsToTheToleranceWithItsEdge() {
    AsOfIndex index = index(row("a", Long.MIN_VALUE, "x"), row("a", 20, "y"));
    AsOfMatching within5 = AT_OR_BEFORE.within(Tolerance.of(BigDecimal.valueOf(5)));
    AsOfMatching closerThan5 = AT_OR_BEFORE.within(new Tolerance(BigDecimal.valueOf(5), false));

    assertThat(find(index, within5, "a", 25)).isEqualTo("y");
    assertThat(find(index, within5, "a", 26)).isNull();
    assertThat(find(index, closerThan5, "a", 24)).isEqualTo("y");
    assertThat(find(index, closerThan5, "a", 25)).isNull();
    assertThat(find(index, within5, "a", 19)).as("farther than a long can say").isNull();
    assertThat(find(index, AT_OR_BEFORE, "a", 19)).isEqualTo("x");
  }

  @Test
  void saysWhetherOnlyTheToleranceStoodBetween() {
    AsOfIndex.Prober prober =
        index(row("a", 20, "y"))
            .prober(AT_OR_BEFORE.within(Tolerance.of(BigDecimal.ONE)), LEFT_TIME);

    assertThat(OneLookUp.best(prober, key("a"), 30)).isNull();
    assertThat(prober.isExpired()).isTrue();
    assertThat(OneLookUp.best(prober, key("a"), 10)).isNull();
    assertThat(prober.isExpired()).isFalse();
    assertThat(OneLookUp.best(prober, key("a"), 30)).isNull();
    assertThat(OneLookUp.best(prober, key("b"), 30)).isNull();
    assertThat(prober.isExpired()).isFalse();
  }

  @Test
  void walksFromTheBestToTheNextBest() {
    InternalRow[] rows = {
      row("a", 1, "p"),
      row("a", 3, "q"),
      row("a", 3, "r"),
      row("a", 6, "s"),
      row("a", 6, "t"),
      row("a", 9, "u"),
      row("b", 4, "v")
    };
    AsOfIndex index = SIDE_WITH_TIES.index(List.of(rows).iterator(), MemoryBudget.unlimited());

    assertThat(walk(index, AT_OR_BEFORE, 6)).containsExactly("t", "s", "r", "q", "p");
    assertThat(walk(index, BEFORE, 6)).containsExactly("r", "q", "p");
    assertThat(walk(index, AT_OR_AFTER, 3)).containsExactly("r", "q", "t", "s", "u");
    assertThat(walk(index, AFTER, 3)).containsExactly("t", "s", "u");
    assertThat(walk(index, new AsOfMatching(Direction.NEAREST, true), 3))
        .containsExactly("r", "q", "p", "t", "s", "u");
    assertThat(walk(index, new AsOfMatching(Direction.NEAREST, false), 6))
        .containsExactly("r", "q", "u", "p");
    assertThat(
            walk(
                index,
                new AsOfMatching(Direction.NEAREST, true, Tolerance.of(BigDecimal.valueOf(3))),
                6))
        .containsExactly("t", "s", "r", "q", "u");
    assertThat(index.tiedRows()).isEqualTo(2);
  }

  private static List<String> walk(AsOfIndex index, AsOfMatching matching, long time) {
    AsOfIndex.Prober prober = index.prober(matching, LEFT_TIME);
    List<String> found = new ArrayList<>();
    for (UnsafeRow row = OneLookUp.best(prober, key("a"), time);
        row != null;
        row = prober.nextBest()) {
      found.add(row.getString(0));
    }
    return found;
  }

  @Test
  void findsNothingInAnEmptyIndex() {
    assertThat(find(index(), AT_OR_BEFORE, "a", 0)).isNull();
    assertThat(index().tiedRows()).isZero();
  }

  @Test
  void keepsTheGreatestOfTiedRowsInWhateverOrderTheyCome() {
    List<InternalRow> rows =
        new ArrayList<>(
            List.of(row("a", 1, "x"), row("a", 1, null), row("a", 1, "z"), row("a", 1, "y")));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(rows, new Random(i));
      AsOfIndex index = index(rows.toArray(new InternalRow[0]));
      assertThat(find(index, AT_OR_BEFORE, "a", 1)).isEqualTo("z");
      assertThat(index.tiedRows()).isEqualTo(3);
    }
  }

  @Test
  void leavesOutRowsWithNullKeyOrTime() {
    InternalRow nullTime = new GenericInternalRow(new Object[] {text("a"), null, text("x")});
    AsOfIndex index = index(row(null, 1, "x"), nullTime, row("a", 2, "y"));

    assertThat(find(index, AT_OR_BEFORE, "a", 1)).isNull();
    assertThat(find(index, AT_OR_BEFORE, "a", 2)).isEqualTo("y");
  }

  @Test
  void growsOverManyKeysTimesAndPages() {
    List<InternalRow> rows = new ArrayList<>();
    String padding = "p".repeat(200);
    for (int i = 0; i < 20_000; i++) {
      rows.add(row("key" + i % 5_000, i, padding + i));
    }
    Collections.shuffle(rows, new Random(7));
    AsOfIndex index = index(rows.toArray(new InternalRow[0]));

    for (int i = 0; i < 20_000; i += 37) {
      assertThat(find(index, AT_OR_BEFORE, "key" + i % 5_000, i)).isEqualTo(padding + i);
    }
    assertThat(index.sizeInBytes()).isGreaterThan(20_000L * 200);
  }

  @Test
  void holdsRowsLargerThanAPage() {
    String large = "x".repeat(3 << 20);
    AsOfIndex index = index(row("a", 1, large), row("a", 2, "small"));

    assertThat(find(index, AT_OR_BEFORE, "a", 1)).isEqualTo(large);
    assertThat(find(index, AT_OR_BEFORE, "a", 2)).isEqualTo("small");
  }

  @Test
  void survivesSerialization() throws IOException, ClassNotFoundException {
    AsOfIndex index = index(row("a", 1, "x"), row("b", 2, "y"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      AsOfIndex copy = (AsOfIndex) in.readObject();
      assertThat(find(copy, AT_OR_BEFORE, "b", 2)).isEqualTo("y");
    }
  }

  private static AsOfIndex index(InternalRow... rows) {
    return SIDE.index(List.of(rows).iterator(), MemoryBudget.unlimited());
  }

  private static String find(AsOfIndex index, AsOfMatching matching, String key, long time) {
    UnsafeRow found = OneLookUp.best(index.prober(matching, LEFT_TIME), key(key), time);
    return found == null ? null : found.getString(0);
  }

  private static UnsafeRow key(String key) {
    return KEY.apply(new GenericInternalRow(new Object[] {text(key)}));
  }

  private static InternalRow row(String key, long time, String value) {
    return new GenericInternalRow(new Object[] {text(key), time, text(value)});
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value);
  }
}
