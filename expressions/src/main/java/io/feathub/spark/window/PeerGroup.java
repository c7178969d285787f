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

/**
 * The rows of one time that are worked on together: of one key where the input is sorted by key,
 * else of all keys of one hash bucket.
 */
final class PeerGroup {
  private final FrameBounds bounds;
  private long number = -1;
  private boolean untimed;
  private long time;

  PeerGroup(FrameBounds bounds) {
    this.bounds = bounds;
  }

  /** Moves on to the group of the row that the reader is at. */
  void start(RowReader row) {
    number++;
    untimed = row.untimed();
    time = row.time();
    if (!untimed) {
      bounds.moveTo(time);
    }
  }

  /** Whether a row of the same scope has this group's time. */
  boolean hasTimeOf(RowReader row) {
    return untimed == row.untimed() && time == row.time();
  }

  /** Counts the groups of a task. */
  long number() {
    return number;
  }

  boolean untimed() {
    return untimed;
  }

  /** The time; 0 if there is none. */
  long time() {
    return time;
  }

  long lowerBound(int frame) {
    return bounds.lower(frame);
  }
}
