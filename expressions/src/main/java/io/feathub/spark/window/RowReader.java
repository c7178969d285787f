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

import io.feathub.spark.bucketsort.BucketAndTime;
import io.feathub.spark.bucketsort.BucketedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Takes a row apart: its key, its time and the inputs of functions. What it returns belongs to the
 * reader and is valid until the next row.
 */
final class RowReader implements BucketedRow {
  /** Inputs that a presence mask has room for. */
  static final int MAX_INPUTS = Long.SIZE;

  private static final int UNKNOWN = -1;

  private final UnsafeProjection keyProjection;
  private final UnsafeProjection inputProjection;
  private final int timeOrdinal;
  private final int[] ordinals;
  private final ValueType[] types;
  private final long[] values;
  private final UnsafeRow noKey = new UnsafeRow(0);
  private UnsafeRow key;
  private int bucket;
  private UnsafeRow inputs;
  private boolean untimed;
  private long time;

  /**
   * @param keyProjection null if all rows have the same key
   * @param inputProjection makes the row that the ordinals refer to; null if that is the row itself
   */
  RowReader(
      UnsafeProjection keyProjection,
      UnsafeProjection inputProjection,
      int timeOrdinal,
      int[] ordinals,
      ValueType[] types) {
    this.keyProjection = keyProjection;
    this.inputProjection = inputProjection;
    this.timeOrdinal = timeOrdinal;
    this.ordinals = ordinals;
    this.types = types;
    this.values = new long[ordinals.length];
    noKey.pointTo(new byte[0], 0);
  }

  /** Moves to a row. */
  @Override
  public void load(UnsafeRow row) {
    loadKey(row);
    inputs = inputProjection == null ? row : inputProjection.apply(row);
    untimed = inputs.isNullAt(timeOrdinal);
    time = untimed ? 0 : inputs.getLong(timeOrdinal);
  }

  /** Moves to a row of which only the key is wanted. */
  void loadKey(UnsafeRow row) {
    key = keyProjection == null ? noKey : keyProjection.apply(row);
    bucket = UNKNOWN;
  }

  UnsafeRow key() {
    return key;
  }

  /** The hash bucket of the key; computed at most once per row. */
  @Override
  public int bucket() {
    if (bucket == UNKNOWN) {
      bucket = BucketAndTime.bucket(key);
    }
    return bucket;
  }

  /** Whether the row's time is null. */
  @Override
  public boolean untimed() {
    return untimed;
  }

  /** The row's time; 0 if it is null. */
  @Override
  public long time() {
    return time;
  }

  /** Reads the inputs into {@link #values} and says which are not null, by one bit each. */
  long present() {
    long present = 0;
    for (int i = 0; i < ordinals.length; i++) {
      if (!inputs.isNullAt(ordinals[i])) {
        present |= 1L << i;
        values[i] = types[i].read(inputs, ordinals[i]);
      }
    }
    return present;
  }

  /** What the last {@link #present} read; undefined where it found null. */
  long[] values() {
    return values;
  }
}
