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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Random cases: each has its own habits of keys, times and values. */
final class RandomEvents {
  private static final StructType SCHEMA =
      new StructType()
          .add("c", DataTypes.IntegerType)
          .add("id", DataTypes.LongType)
          .add("k", DataTypes.StringType)
          .add("t", DataTypes.LongType)
          .add("d", DataTypes.DoubleType)
          .add("q", DataTypes.DoubleType)
          .add("f", DataTypes.FloatType)
          .add("i", DataTypes.IntegerType)
          .add("l", DataTypes.LongType);
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e308,
    -1e308,
    1e16,
    -1e16,
    1
  };

  /** 0001-01-01 and 9999-12-31, in microseconds. */
  private static final long YEAR_1 = -62_135_596_800_000_000L;

  private static final long YEAR_9999 = 253_402_214_400_000_000L;

  private final Random random;
  private final boolean numbers;
  private long nextId;

  /** A row of the input. */
  record Event(
      int caseId, long id, String k, Long t, Double d, Double q, Float f, Integer i, Long l) {}

  /**
   * @param numbers whether times are any BIGINT
   */
  RandomEvents(long seed, boolean numbers) {
    this.random = new Random(seed);
    this.numbers = numbers;
  }

  List<Event> cases(int cases) {
    List<Event> events = new ArrayList<>();
    for (int caseId = 0; caseId < cases; caseId++) {
      addCase(caseId, events);
    }
    Collections.shuffle(events, random);
    return events;
  }

  private void addCase(int caseId, List<Event> events) {
    int keys = 1 + random.nextInt(4);
    int times = random.nextInt(6);
    int values = random.nextInt(4);
    int nulls = random.nextInt(3) == 0 ? 3 : 12;
    for (int rows = 1 + random.nextInt(24); rows > 0; rows--) {
      events.add(
          new Event(
              caseId,
              nextId++,
              orNull(nulls, "key " + random.nextInt(keys)),
              orNull(nulls, time(times)),
              orNull(nulls, real(values)),
              orNull(nulls, (random.nextInt(4000) - 2000) * 0.25),
              orNull(nulls, (float) real(values)),
              orNull(nulls, random.nextInt(20_001) - 10_000),
              orNull(nulls, random.nextLong() >> 8)));
    }
  }

  private <T> T orNull(int oneIn, T value) {
    return random.nextInt(oneIn) == 0 ? null : value;
  }

  private long time(int habit) {
    long day = 86_400_000_000L;
    return switch (habit) {
      case 0 -> random.nextInt(10);
      case 1 -> 1_640_995_200_000_000L + 60_000_000L * random.nextInt(8);
      case 2 -> -86_400_000_000L * 365 - 500_000L * random.nextInt(20);
      case 3 -> 1_640_995_200_000_000L + (random.nextLong() >>> 28);
      case 4 -> -8_520_336_000_000_000L + day * (random.nextInt(5) - 2) + random.nextInt(3);
      default ->
          numbers
              ? random.nextLong() >> 2
              : YEAR_1 + day * 100_000 + (long) (random.nextDouble() * (YEAR_9999 - YEAR_1) / 2);
    };
  }

  private double real(int habit) {
    return switch (habit) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> Math.scalb(random.nextGaussian(), random.nextInt(400) - 200);
      case 2 ->
          random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
      default -> random.nextGaussian() * 1000;
    };
  }

  static Dataset<Row> dataset(SparkSession spark, List<Event> events) {
    List<Row> rows = new ArrayList<>();
    for (Event event : events) {
      rows.add(
          RowFactory.create(
              event.caseId(),
              event.id(),
              event.k(),
              event.t(),
              event.d(),
              event.q(),
              event.f(),
              event.i(),
              event.l()));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }
}
