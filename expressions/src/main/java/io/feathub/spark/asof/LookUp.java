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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The look-up of one left row, in steps that each read what the one before has led to: the slot of
 * the key, what is noted of the key, where the bucket of the time begins and ends, and the times
 * there.
 */
final class LookUp {
  private final KeyTable.Span span;

  /** Null if there is no match for certain. */
  private UnsafeRow key;

  private int hash;
  private long time;
  private long entry;
  private int low;
  private int high;

  @SuppressWarnings(
      "UnusedVariable") // Nothing is made of it: were it not kept, it would not be read.
  private long nearTimes;

  LookUp(KeyTable.Span span) {
    this.span = span;
  }

  /** The key must stay as it is. */
  void start(UnsafeRow newKey, long newTime) {
    key = newKey;
    hash = newKey.hashCode();
    time = newTime;
  }

  /** Of a left row without a key or a time. */
  void startWithoutMatch() {
    key = null;
  }

  void readSlot(KeyTable keys) {
    entry = keys.entry(hash);
  }

  void readKey() {
    if (key != null && !span.find(key, hash, entry)) {
      key = null;
    }
  }

  void readBucket(TimeBuckets buckets) {
    if (key == null) {
      return;
    }
    if (time < span.firstTime()) {
      low = span.first();
      high = span.first();
    } else if (time > span.lastTime()) {
      low = span.beyond();
      high = span.beyond();
    } else {
      int bucket = buckets.of(time, span);
      low = buckets.start(bucket);
      high = buckets.start(bucket + 1);
    }
  }

  void readNearTimes(TimedRows rows) {
    if (key != null) {
      nearTimes = rows.near(low, high);
    }
  }

  /** Whether the key has right rows. */
  boolean hasRows() {
    return key != null;
  }

  /** Where the right rows of the key are. */
  KeyTable.Span span() {
    return span;
  }

  long time() {
    return time;
  }

  /** The first right row that is not earlier lies at this position or behind it. */
  int low() {
    return low;
  }

  /** The first right row that is later lies at this position or before it. */
  int high() {
    return high;
  }
}
