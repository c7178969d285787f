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
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The right side of an as-of join, made for looking up: per key the distinct times in ascending
 * order, and for each time its one row. Immutable once built, so that all tasks of an executor
 * share a broadcast one; each prober brings its own reusable rows ({@link #prober}).
 *
 * <p>A look-up costs one hash probe and a binary search among the key's times.
 */
final class AsOfIndex implements Serializable {
  private final RowPages pages;
  private final KeyTable keys;
  private final int fields;

  /** Key number k has the times and rows from starts[k] up to, not including, starts[k + 1]. */
  private final int[] starts;

  private final long[] times;
  private final long[] rows;
  private final long tiedRows;

  AsOfIndex(
      RowPages pages,
      KeyTable keys,
      int fields,
      int[] starts,
      long[] times,
      long[] rows,
      long tiedRows) {
    this.pages = pages;
    this.keys = keys;
    this.fields = fields;
    this.starts = starts;
    this.times = times;
    this.rows = rows;
    this.tiedRows = tiedRows;
  }

  /** How many rows lost against a greater row of the same key and time. */
  long tiedRows() {
    return tiedRows;
  }

  long sizeInBytes() {
    return pages.allocatedBytes() + keys.allocatedBytes() + 4L * starts.length + 16L * times.length;
  }

  Prober prober(AsOfMatching matching) {
    return new Prober(matching);
  }

  /** Looks rows up for one thread. */
  final class Prober {
    private final boolean backward;
    private final boolean allowExactMatches;
    private final UnsafeRow reusedKey = keys.newReusedKey();
    private final UnsafeRow reusedRow = new UnsafeRow(fields);

    private Prober(AsOfMatching matching) {
      this.backward = matching.direction() == AsOfMatching.Direction.BACKWARD;
      this.allowExactMatches = matching.allowExactMatches();
    }

    /** The matching row, valid until the next call, or null when there is none. */
    UnsafeRow find(UnsafeRow key, long time) {
      int number = keys.find(key, reusedKey);
      if (number < 0) {
        return null;
      }
      int start = starts[number];
      int end = starts[number + 1];
      // Backward looks just below the first time that is too late, forward at the first late
      // enough.
      boolean upperBound = backward == allowExactMatches;
      int bound = firstAbove(start, end, time, upperBound);
      int position = backward ? bound - 1 : bound;
      if (position < start || position >= end) {
        return null;
      }
      pages.read(rows[position], reusedRow);
      return reusedRow;
    }
  }

  /** The first position whose time is greater than the given one, or, not strictly, at least it. */
  private int firstAbove(int start, int end, long time, boolean strictly) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean above = strictly ? times[middle] > time : times[middle] >= time;
      if (above) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
