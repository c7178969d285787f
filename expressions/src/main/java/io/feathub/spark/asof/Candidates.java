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
 * <p>The first costs a binary search in the part of the rows that {@link TimeBuckets} says. Each
 * further one a comparison.
 */
final class Candidates {
  static final int NONE = -1;

  private final TimedRows rows;
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
  Candidates(TimedRows rows, boolean distinctTimes, AsOfMatching matching, TimeDistance distance) {
    this.rows = rows;
    this.distinctTimes = distinctTimes;
    this.looksBack = matching.direction() != AsOfMatching.Direction.FORWARD;
    this.looksAhead = matching.direction() != AsOfMatching.Direction.BACKWARD;
    this.exactBack = looksBack && matching.allowExactMatches();
    this.exactAhead = !looksBack && matching.allowExactMatches();
    this.distance = distance;
  }

  /** The position of the best match of a look-up whose key was found. */
  int best(LookUp lookUp) {
    time = lookUp.time();
    start = lookUp.span().first();
    end = lookUp.span().beyond();
    expired = false;
    earlier = looksBack ? firstAbove(exactBack, lookUp.low(), lookUp.high()) - 1 : start - 1;
    if (looksAhead) {
      enterRun(firstAbove(!exactAhead, lookUp.low(), lookUp.high()));
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
                || distance.isLaterCloser(time, rows.time(earlier), rows.time(later)));
    int position = takesLater ? later : earlier;
    if (position < start) {
      return NONE;
    }
    if (!distance.reaches(time, rows.time(position))) {
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
    long timeOfRun = rows.time(first);
    int low = first + 1;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.time(middle) > timeOfRun) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * The first position whose time is greater than the left row's, or, not strictly, at least it; no
   * less than one position and no more than the other.
   */
  private int firstAbove(boolean strictly, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAbove(rows.time(middle), strictly)) {
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
