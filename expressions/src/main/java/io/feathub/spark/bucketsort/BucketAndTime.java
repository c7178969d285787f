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
package io.feathub.spark.bucketsort;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * A hash bucket of keys and a time packed into one long that sorts by bucket, then time: 10 bits of
 * the key's hash above 54 bits of time. The order of the buckets among themselves is of no
 * importance.
 *
 * <p>Times are counted from {@link #FIRST}: microseconds from the year 1700 to 2270, or any number
 * of that size. Null has a place of its own below or above. Times out of this range do not fit.
 */
public final class BucketAndTime {
  /** 1700-01-01T00:00:00Z in microseconds. */
  public static final long FIRST = -8_520_336_000_000_000L;

  private static final int TIME_BITS = 54;
  private static final long LEAST_CODE = 0;
  private static final long GREATEST_CODE = (1L << TIME_BITS) - 1;

  /** The greatest time that fits. */
  public static final long LAST = FIRST + GREATEST_CODE - 2;

  private static final int BUCKET_SHIFT = Integer.SIZE - (Long.SIZE - TIME_BITS);

  private BucketAndTime() {}

  /**
   * The bucket of a key. It is taken from the upper bits of a hash that is not the one by which
   * Spark distributes rows, so that the keys of one partition spread over all buckets.
   */
  public static int bucket(UnsafeRow key) {
    return key.hashCode() >>> BUCKET_SHIFT;
  }

  public static boolean fits(long time) {
    return time >= FIRST && time <= LAST;
  }

  /** Packs a time that fits. */
  public static long pack(int bucket, long time) {
    return (long) bucket << TIME_BITS | (time - FIRST + 1);
  }

  public static long packUntimed(int bucket, boolean nullsFirst) {
    return (long) bucket << TIME_BITS | (nullsFirst ? LEAST_CODE : GREATEST_CODE);
  }
}
