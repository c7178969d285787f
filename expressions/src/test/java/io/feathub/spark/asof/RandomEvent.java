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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A row of either side of a random as-of join.
 *
 * @param number of the case that it belongs to
 * @param key null for some
 * @param time a number, of which a type of time is made; null for some
 * @param value null for some
 * @param id of no other row of its side
 */
record RandomEvent(int number, String key, Long time, Integer value, int id) {
  /** What {@link #row} gives. */
  static final StructType SCHEMA =
      new StructType()
          .add("n", DataTypes.IntegerType)
          .add("k", DataTypes.StringType)
          .add("g", DataTypes.StringType)
          .add("b", DataTypes.LongType)
          .add("v", DataTypes.IntegerType)
          .add("id", DataTypes.IntegerType);

  /** How many columns {@link #readable} has. */
  static final int COLUMNS = 5;

  /** Times of a case lie within so much of its number's multiple of {@link #APART}, or of 0. */
  static final int EXTENT = 12;

  static final long APART = 10_000;

  /** Few keys and few times, so that ties, exact matches and misses are all frequent. */
  static List<RandomEvent> cases(int count, boolean apart, Random random) {
    List<RandomEvent> events = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int rows = count == 1 ? 30 + random.nextInt(30) : random.nextInt(12);
      for (int i = 0; i < rows; i++) {
        String key = random.nextInt(10) == 0 ? null : "key" + random.nextInt(3);
        long time = random.nextInt(EXTENT) - EXTENT / 2L + (apart ? number * APART : 0);
        Integer value = random.nextInt(8) == 0 ? null : random.nextInt(4);
        Long known = random.nextInt(10) == 0 ? null : time;
        events.add(new RandomEvent(number, key, known, value, events.size()));
      }
    }
    return events;
  }

  RandomEvent at(Long newTime) {
    return new RandomEvent(number, key, newTime, value, id);
  }

  boolean isTimed() {
    return time != null;
  }

  /** One column for the case and the key, too: null where the key is. */
  Row row() {
    return RowFactory.create(number, key, key == null ? null : number + key, time, value, id);
  }

  /** For the oracle, which breaks ties by all columns as they come, and so by the id. */
  Row readable() {
    return RowFactory.create(id, number, key, time, value);
  }
}
