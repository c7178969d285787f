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

import java.util.Arrays;
import org.apache.spark.unsafe.Platform;

/** Sorts pairs by their second long. */
final class LongPairSort extends PairSort {
  private static final int INSERTION_PAIRS = 24;
  private static final int RADIX_PAIRS = 256;

  /** More runs take more passes of merging than of distributing by bytes. */
  private static final int MERGED_RUNS = 32;

  private static final int DIGITS = 256;

  private final long[] targets = new long[DIGITS];

  /** Sorts so many pairs; there is as much room elsewhere. */
  void sort(Object base, long pairs, long room, int count) {
    long end = pairs + (long) count * PAIR;
    long sorted = runEnd(base, pairs, end);
    if (sorted >= end) {
      return;
    }
    if (count <= INSERTION_PAIRS) {
      insertionSort(base, pairs, sorted, end);
    } else if (count < RADIX_PAIRS || hasFewRuns(base, pairs, end)) {
      mergeSort(base, pairs, room, count);
    } else {
      radixSort(base, pairs, room, count);
    }
  }

  @Override
  boolean inOrder(Object base, long one, long other) {
    return Platform.getLong(base, one + SECOND) <= Platform.getLong(base, other + SECOND);
  }

  private boolean hasFewRuns(Object base, long pairs, long end) {
    long at = pairs;
    for (int runs = 0; runs < MERGED_RUNS; runs++) {
      at = runEnd(base, at, end);
      if (at >= end) {
        return true;
      }
    }
    return false;
  }

  private static void insertionSort(Object base, long pairs, long unsorted, long end) {
    for (long next = unsorted; next < end; next += PAIR) {
      long payload = Platform.getLong(base, next);
      long value = Platform.getLong(base, next + SECOND);
      long at = next;
      while (at > pairs && Platform.getLong(base, at - PAIR + SECOND) > value) {
        copy(base, at - PAIR, at);
        at -= PAIR;
      }
      Platform.putLong(base, at, payload);
      Platform.putLong(base, at + SECOND, value);
    }
  }

  /** By one byte after the other, from the least significant one; those that are all equal not. */
  private void radixSort(Object base, long pairs, long room, int count) {
    long bytes = (long) count * PAIR;
    long ones = 0;
    long zeros = 0;
    for (long at = pairs; at < pairs + bytes; at += PAIR) {
      long value = Platform.getLong(base, at + SECOND);
      ones |= value;
      zeros |= ~value;
    }
    long differing = ones & zeros;
    long from = pairs;
    long to = room;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((differing >>> shift & (DIGITS - 1)) != 0) {
        distribute(base, from, to, bytes, shift);
        long swap = from;
        from = to;
        to = swap;
      }
    }
    if (from != pairs) {
      Platform.copyMemory(base, from, base, pairs, bytes);
    }
  }

  private void distribute(Object base, long from, long to, long bytes, int shift) {
    Arrays.fill(targets, 0);
    for (long at = from; at < from + bytes; at += PAIR) {
      targets[digit(Platform.getLong(base, at + SECOND), shift)] += PAIR;
    }
    long next = to;
    for (int digit = 0; digit < DIGITS; digit++) {
      long size = targets[digit];
      targets[digit] = next;
      next += size;
    }
    for (long at = from; at < from + bytes; at += PAIR) {
      int digit = digit(Platform.getLong(base, at + SECOND), shift);
      copy(base, at, targets[digit]);
      targets[digit] += PAIR;
    }
  }

  /** With the sign turned, so that negative numbers come first. */
  private static int digit(long value, int shift) {
    return (int) ((value ^ Long.MIN_VALUE) >>> shift) & (DIGITS - 1);
  }
}
