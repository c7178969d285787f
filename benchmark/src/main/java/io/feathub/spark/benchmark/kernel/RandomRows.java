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
package io.feathub.spark.benchmark.kernel;

import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows {@code (key, time, number)} that sorts are measured with, in random order. */
public final class RandomRows {
  /** How many there are. */
  public static final int ROWS = 200_000;

  /** Their columns. */
  public static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.LongType)
          .add("time", DataTypes.LongType)
          .add("number", DataTypes.LongType);

  /** The column of the key. */
  public static final int KEY = 0;

  /** The column of the time. */
  public static final int TIME = 1;

  /** The column of the row's number. */
  public static final int NUMBER = 2;

  private static final int KEYS = 20_000;
  private static final long SEED = 29L;

  /** Thirty days in microseconds. */
  private static final long SPAN = 30L * 86_400 * 1_000_000;

  private RandomRows() {}

  /** The same ones in each call. */
  public static UnsafeRow[] newRows() {
    UnsafeRow[] rows = new UnsafeRow[ROWS];
    SplittableRandom random = new SplittableRandom(SEED);
    UnsafeRowWriter writer = new UnsafeRowWriter(SCHEMA.size());
    for (int i = 0; i < ROWS; i++) {
      writer.reset();
      writer.zeroOutNullBytes();
      writer.write(KEY, (long) random.nextInt(KEYS));
      // No two times are equal, so that there is one right order.
      writer.write(TIME, random.nextLong(SPAN / ROWS) * ROWS + i);
      writer.write(NUMBER, (long) i);
      rows[i] = writer.getRow().copy();
    }
    return rows;
  }
}
