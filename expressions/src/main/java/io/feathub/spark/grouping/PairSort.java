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
package io.feathub.spark.grouping;

import org.apache.spark.unsafe.Platform;

/**
 * Sorts pairs of longs, 16 bytes each, in place and stably, by merging the runs that are in order
 * already: what consists of a few sorted parts takes as many passes as the parts have bits.
 */
abstract class PairSort {
  static final int PAIR = 16;

  /** Of the second long. */
  static final int SECOND = 8;

  /** Whether the pair at one offset may come before the one at the other, as it does now. */
  abstract boolean inOrder(Object base, long one, long other);

  /** Sorts so many pairs; there is as much room elsewhere. */
  final void mergeSort(Object base, long pairs, long room, int count) {
    long bytes = (long) count * PAIR;
    long from = pairs;
    long to = room;
    while (runEnd(base, from, from + bytes) < from + bytes) {
      mergePass(base, from, to, bytes);
      long swap = from;
      from = to;
      to = swap;
    }
    if (from != pairs) {
      Platform.copyMemory(base, from, base, pairs, bytes);
    }
  }

  /** Merges each two runs. */
  private void mergePass(Object base, long from, long to, long bytes) {
    long end = from + bytes;
    long left = from;
    long target = to;
    while (left < end) {
      long right = runEnd(base, left, end);
      long rightEnd = right < end ? runEnd(base, right, end) : end;
      merge(base, left, right, rightEnd, target);
      target += rightEnd - left;
      left = rightEnd;
    }
  }

  private void merge(Object base, long left, long right, long end, long target) {
    long l = left;
    long r = right;
    long t = target;
    while (l < right && r < end) {
      if (inOrder(base, l, r)) {
        copy(base, l, t);
        l += PAIR;
      } else {
        copy(base, r, t);
        r += PAIR;
      }
      t += PAIR;
    }
    for (; l < right; l += PAIR, t += PAIR) {
      copy(base, l, t);
    }
    for (; r < end; r += PAIR, t += PAIR) {
      copy(base, r, t);
    }
  }

  /** The end of the pairs that are in order from the first one. */
  final long runEnd(Object base, long start, long end) {
    long at = start + PAIR;
    while (at < end && inOrder(base, at - PAIR, at)) {
      at += PAIR;
    }
    return at;
  }

  static void copy(Object base, long from, long to) {
    Platform.putLong(base, to, Platform.getLong(base, from));
    Platform.putLong(base, to + SECOND, Platform.getLong(base, from + SECOND));
  }
}
