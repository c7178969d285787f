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

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where to search for a time among the rows of a key: the time between its first and its last row
 * is cut into buckets of equal length, at most as many as there are rows, and of each it is known
 * where its rows begin. Where times are spread evenly, a bucket has a few rows at most.
 *
 * <p>The length of a bucket is a power of two. What is known of a key's first bucket stands at the
 * position of its first row, and so on.
 */
final class TimeBuckets implements Serializable {
  static final long BYTES_PER_ROW = Integer.BYTES;

  private int[] starts;

  TimeBuckets(int rows) {
    this.starts = new int[rows + 1];
  }

  /** Cuts the time of a key whose rows stand at these positions. */
  void cut(long[] times, int first, int beyond) {
    int shift = shift(times[first], times[beyond - 1], beyond - first);
    int buckets = 0;
    for (int position = first; position < beyond; position++) {
      int bucket = (int) ((times[position] - times[first]) >>> shift);
      while (buckets <= bucket) {
        starts[first + buckets++] = position;
      }
    }
    // Where there are as many buckets as rows, this is the start of the next key's first one.
    starts[first + buckets] = beyond;
  }

  /** The bucket of a time that is neither before the key's first row nor after its last. */
  int of(long time, KeyTable.Span span) {
    int shift = shift(span.firstTime(), span.lastTime(), span.beyond() - span.first());
    return span.first() + (int) ((time - span.firstTime()) >>> shift);
  }

  /** The position of the first row that is in a bucket or behind it. */
  int start(int bucket) {
    return starts[bucket];
  }

  /** Gives back what more rows would have taken, if it can. */
  void trim(int rows, MemoryBudget budget) {
    if (rows + 1 < starts.length && budget.tryReserve(BYTES_PER_ROW * rows)) {
      int before = starts.length - 1;
      starts = Arrays.copyOf(starts, rows + 1);
      budget.release(BYTES_PER_ROW * before);
    }
  }

  /** But for the one behind the last row. */
  long sizeInBytes() {
    return BYTES_PER_ROW * (starts.length - 1);
  }

  /** Of the bits of a distance from the first time those that do not tell buckets apart. */
  private static int shift(long firstTime, long lastTime, int rows) {
    int bitsOfTime = Long.SIZE - Long.numberOfLeadingZeros(lastTime - firstTime);
    int bitsOfBuckets = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows);
    return Math.max(0, bitsOfTime - bitsOfBuckets);
  }
}
