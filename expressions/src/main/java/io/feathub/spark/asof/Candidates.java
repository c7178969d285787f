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

/**
 * The search of the as-of join: among the right rows of one key, which lie in the order of their
 * times and, of equal times, with the greatest row last, the best match of a left row's time; and
 * from there the next best, and so on.
 *
 * <p>The first costs a binary search. Each further one a comparison.
 */
final class Candidates {
  static final int NONE = -1;

  /** So many times lie close together in memory. */
  private static final int FEW = 8;

  private final TimedRows times;
  private final boolean distinctTimes;
  private final boolean looksBack;
  private final boolean looksAhead;
  private final boolean exactBack;
  private final boolean exactAhead;
  private final TimeDistance distance;

  private long time;
  private int start;
  private int end;

  /** The next one at or before the time; less than start if there is none. */
  private int earlier;

  /** The next one after the time, or at it for forward; end if there is none. */
  private int later;

  /** Where the rows of the same time as the next later one begin and end. */
  private int runStart;

  private int runEnd;

  private boolean expired;

  /**
   * @param distinctTimes whether no key has a time twice
   */
  Candidates(TimedRows times, boolean distinctTimes, AsOfMatching matching, TimeDistance distance) {
    this.times = times;
    this.distinctTimes = distinctTimes;
    this.looksBack = matching.direction() != AsOfMatching.Direction.FORWARD;
    this.looksAhead = matching.direction() != AsOfMatching.Direction.BACKWARD;
    this.exactBack = looksBack && matching.allowExactMatches();
    this.exactAhead = !looksBack && matching.allowExactMatches();
    this.distance = distance;
  }

  /** The position of the best match among the rows of a key. */
  int best(long leftTime, KeyTable.Rows rows) {
    time = leftTime;
    start = rows.first();
    end = rows.beyond();
    expired = false;
    earlier = looksBack ? firstAbove(exactBack, rows) - 1 : start - 1;
    if (looksAhead) {
      enterRun(firstAbove(!exactAhead, rows));
    } else {
      later = end;
    }
    return nextBest();
  }

  /** The best match but for those found since {@link #best}, or {@link #NONE}. */
  int nextBest() {
    boolean takesLater =
        later < end
            && (earlier < start
                || distance.isLaterCloser(time, times.time(earlier), times.time(later)));
    int position = takesLater ? later : earlier;
    if (position < start) {
      return NONE;
    }
    if (!distance.reaches(time, times.time(position))) {
      expired = true;
      return NONE;
    }
    if (!takesLater) {
      earlier--;
    } else if (later > runStart) {
      later--;
    } else {
      enterRun(runEnd);
    }
    return position;
  }

  /** Whether there was no match only because the next best is too far away. */
  boolean isExpired() {
    return expired;
  }

  /** Starts over with no row at all. */
  void clear() {
    expired = false;
  }

  /** Rows of one time are walked from the greatest down, also where times are walked upwards. */
  private void enterRun(int first) {
    runStart = first;
    runEnd = first;
    if (first < end) {
      runEnd = distinctTimes ? first + 1 : endOfRun(first);
    }
    later = runStart < runEnd ? runEnd - 1 : end;
  }

  private int endOfRun(int first) {
    long timeOfRun = times.time(first);
    int low = first + 1;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.time(middle) > timeOfRun) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * The first position whose time is greater than the left row's, or, not strictly, at least it.
   *
   * <p>Each time that is looked at costs a wait for memory. So the search begins where the time
   * would be if all were equally far apart, and goes away from there in growing steps: a few looks
   * where that is about right, and twice those of a binary search where it is not right at all.
   */
  private int firstAbove(boolean strictly, KeyTable.Rows rows) {
    if (isAbove(rows.firstTime(), strictly)) {
      return start;
    }
    if (!isAbove(rows.lastTime(), strictly)) {
      return end;
    }
    int low = start + 1;
    int high = end - 1;
    if (high - low < FEW) {
      return firstAbove(strictly, low, high);
    }
    double fraction =
        ((double) time - (double) rows.firstTime())
            / ((double) rows.lastTime() - (double) rows.firstTime());
    // Of times so large that their doubles are equal the fraction is not a number, or infinite.
    int guess = Math.min(low + (int) (Math.min(fraction, 1) * (high - low)), high - 1);
    int step = FEW / 2;
    if (isAbove(times.time(guess), strictly)) {
      high = guess;
      while (high - step > low && isAbove(times.time(high - step), strictly)) {
        high -= step;
        step *= 2;
      }
      return firstAbove(strictly, Math.max(low, high - step), high);
    }
    low = guess + 1;
    while (low + step < high && !isAbove(times.time(low + step), strictly)) {
      low += step + 1;
      step *= 2;
    }
    return firstAbove(strictly, low, Math.min(low + step, high));
  }

  /** By halves, between positions of which the second is known to be above. */
  private int firstAbove(boolean strictly, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAbove(times.time(middle), strictly)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean isAbove(long other, boolean strictly) {
    return strictly ? other > time : other >= time;
  }
}
