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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The right side of an as-of join, made for looking up: per key its rows in the order of their
 * times, and of equal times in {@link TieOrder}; usually only the greatest of them. Immutable once
 * built, so that all tasks of an executor share a broadcast one; each prober brings its own
 * reusable rows ({@link #prober}).
 *
 * <p>A look-up costs one hash probe and a binary search among those times of the key that are in
 * one bucket with the left row's.
 */
final class AsOfIndex implements Serializable {
  private final KeyTable keys;
  private final TimedRows rows;
  private final TimeBuckets buckets;
  private final int fields;
  private final boolean distinctTimes;
  private final long tiedRows;

  /** Null if times are encoded as they are. */
  private final RankedTimes ranks;

  /**
   * @param rows those of a key together, ascending by time
   * @param fields the number of columns of the rows
   * @param distinctTimes whether no key has two rows of one time
   * @param tiedRows how many rows there are beside a greater one of the same key and time
   */
  AsOfIndex(
      KeyTable keys,
      TimedRows rows,
      TimeBuckets buckets,
      int fields,
      boolean distinctTimes,
      long tiedRows,
      RankedTimes ranks) {
    this.keys = keys;
    this.rows = rows;
    this.buckets = buckets;
    this.fields = fields;
    this.distinctTimes = distinctTimes;
    this.tiedRows = tiedRows;
    this.ranks = ranks;
  }

  long tiedRows() {
    return tiedRows;
  }

  long sizeInBytes() {
    return rows.sizeInBytes()
        + buckets.sizeInBytes()
        + keys.allocatedBytes()
        + (ranks == null ? 0 : ranks.sizeInBytes());
  }

  /** For one thread. */
  Prober prober(AsOfMatching matching, LeftTime leftTime) {
    return ranks == null
        ? prober(matching, leftTime.encoded())
        : prober(matching, ranks.reader(leftTime.ordinal(), matching.tolerance()));
  }

  private Prober prober(AsOfMatching matching, TimeColumn time) {
    return new Prober(matching, time, new EncodedDistance(time, matching.tolerance()));
  }

  private Prober prober(AsOfMatching matching, RankedTimes.Reader reader) {
    return new Prober(matching, reader, reader);
  }

  /**
   * How many pairs a join by the keys would have formed beside those that were: one for each left
   * row, and one for each further candidate that was asked for. On its own, so that who asks for it
   * in the end does not hold on to the index.
   */
  static final class PairsAvoided {
    private long count;

    long count() {
      return count;
    }
  }

  /**
   * Looks rows up for one thread: {@link #prepare} some, and then ask for the {@link #best} of
   * each.
   */
  final class Prober {
    private final TimeReader leftTime;
    private final TimeDistance distance;
    private final Candidates candidates;
    private final UnsafeRow reusedRow = new UnsafeRow(fields);
    private int found = Candidates.NONE;
    private final PairsAvoided pairsAvoided = new PairsAvoided();

    private Prober(AsOfMatching matching, TimeReader leftTime, TimeDistance distance) {
      this.leftTime = leftTime;
      this.distance = distance;
      this.candidates = new Candidates(rows, distinctTimes, matching, distance);
    }

    /** How the times of the left rows are read for {@link LookUp#start}. */
    TimeReader leftTime() {
      return leftTime;
    }

    LookUp newLookUp() {
      return new LookUp(keys.new Span());
    }

    /** Takes look-ups from one position to before another as far as to the times in question. */
    void prepare(LookUp[] lookUps, int from, int beyond) {
      for (int i = from; i < beyond; i++) {
        lookUps[i].readSlot(keys);
      }
      for (int i = from; i < beyond; i++) {
        lookUps[i].readKey();
      }
      for (int i = from; i < beyond; i++) {
        lookUps[i].readBucket(buckets);
      }
      for (int i = from; i < beyond; i++) {
        lookUps[i].readNearTimes(rows);
      }
    }

    /** The best match of a left row, valid until the next call, or null if there is none. */
    UnsafeRow best(LookUp lookUp, InternalRow leftRow) {
      if (!lookUp.hasRows()) {
        candidates.clear();
        return null;
      }
      distance.from(leftRow);
      pairsAvoided.count += lookUp.span().beyond() - lookUp.span().first() - 1;
      return row(candidates.best(lookUp));
    }

    /** Whether the last look-up found nothing only because the next best is too far away. */
    boolean isExpired() {
      return candidates.isExpired();
    }

    /** The best match but for those found since {@link #best} found one, or null. */
    UnsafeRow nextBest() {
      int position = candidates.nextBest();
      if (position != Candidates.NONE) {
        pairsAvoided.count--;
      }
      return row(position);
    }

    PairsAvoided pairsAvoided() {
      return pairsAvoided;
    }

    /** The time of the match found last, encoded or as the index ranks it. */
    long time() {
      return rows.time(found);
    }

    private UnsafeRow row(int position) {
      found = position;
      if (position == Candidates.NONE) {
        return null;
      }
      rows.read(position, reusedRow);
      return reusedRow;
    }
  }
}
