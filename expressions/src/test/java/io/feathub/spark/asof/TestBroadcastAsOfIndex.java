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

import io.feathub.spark.FeathubException;
import io.feathub.spark.asof.AsOfMatching.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;
import scala.collection.AbstractIterator;
import scala.reflect.ClassTag$;

/** The index on its way from the driver, which builds it, to executors. */
class TestBroadcastAsOfIndex {
  private static final AsOfMatching AT_OR_BEFORE = new AsOfMatching(Direction.BACKWARD, true);
  private static final UnsafeProjection KEY =
      UnsafeProjection.create(new DataType[] {DataTypes.LongType});

  /** Times that are encoded, and those that are ranked. */
  private record Times(DataType type, LongFunction<Object> time) {}

  private static Stream<Times> times() {
    return Stream.of(
        new Times(DataTypes.TimestampType, number -> number),
        new Times(
            DataTypes.createDecimalType(30, 2), number -> Decimal.createUnsafe(number, 30, 2)),
        new Times(DataTypes.BinaryType, number -> new byte[] {1, (byte) number}),
        new Times(DataTypes.StringType, number -> UTF8String.fromString("t" + number)));
  }

  @ParameterizedTest
  @MethodSource("times")
  void findsTheSameRowsBehindKryo(Times times) {
    List<InternalRow> rows = rows(times);
    AsOfIndex index = index(times, rows);
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ByteBuffer bytes = kryo.serialize(new BroadcastAsOfIndex(index), ClassTag$.MODULE$.Any());
    BroadcastAsOfIndex received =
        (BroadcastAsOfIndex) kryo.deserialize(bytes, ClassTag$.MODULE$.Any());

    assertThat(received.index().sizeInBytes()).isEqualTo(index.sizeInBytes());
    assertThat(lookUps(times, received.index(), rows))
        .isEqualTo(lookUps(times, index, rows))
        .doesNotHaveDuplicates();
  }

  @Test
  void kryoThatWantsEveryClassRegisteredNamesTheIndex() {
    SparkConf conf = new SparkConf(false).set("spark.kryo.registrationRequired", "true");
    SerializerInstance kryo = new KryoSerializer(conf).newInstance();
    Times times = times().findFirst().orElseThrow();
    BroadcastAsOfIndex index = new BroadcastAsOfIndex(index(times, rows(times)));

    assertThatThrownBy(() -> kryo.serialize(index, ClassTag$.MODULE$.Any()))
        .hasMessageContaining("Class is not registered: " + BroadcastAsOfIndex.class.getName());
  }

  @Test
  void whatTheDriverHasNoMemoryForFailsByName() {
    Times times = times().findFirst().orElseThrow();
    AsOfBroadcastMode mode = new AsOfBroadcastMode(side(times));

    assertThatThrownBy(() -> mode.transform(new ExhaustingRows(), Option.apply(7_000_000L)))
        .isInstanceOf(FeathubException.class)
        .hasMessageContaining("[FEATHUB_AS_OF_BROADCAST_TOO_LARGE]")
        .hasMessageContaining("7000000 rows")
        .hasMessageContaining("spark.sql.feathub.asOf.broadcastThreshold")
        .hasMessageContaining("SHUFFLE_HASH")
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  private static final class ExhaustingRows extends AbstractIterator<InternalRow> {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public InternalRow next() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private static RightSide side(Times times) {
    List<DataType> types = List.of(DataTypes.LongType, times.type(), DataTypes.LongType);
    return new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, false, types);
  }

  private static AsOfIndex index(Times times, List<InternalRow> rows) {
    return side(times).index(rows.iterator(), MemoryBudget.unlimited());
  }

  private static List<InternalRow> rows(Times times) {
    return LongStream.range(0, 90)
        .<InternalRow>mapToObj(
            i -> new GenericInternalRow(new Object[] {i % 9, times.time().apply(i), i}))
        .toList();
  }

  private static List<Long> lookUps(Times times, AsOfIndex index, List<InternalRow> rows) {
    AsOfIndex.Prober prober = index.prober(AT_OR_BEFORE, new LeftTime(1, times.type()));
    List<Long> found = new ArrayList<>();
    for (InternalRow row : rows) {
      UnsafeRow key = KEY.apply(row);
      found.add(OneLookUp.best(prober, key, prober.leftTime().read(row), row).getLong(0));
    }
    return found;
  }
}
