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

import io.feathub.spark.spill.SpillSpace;
import io.feathub.spark.window.aggregate.FrameAggregates;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * All frames of the current key. Rows are added in order, then the results of each are read, in the
 * same order.
 */
final class KeyFrames {
  private static final long NO_GROUP = -1;

  /** Dropping rows one by one would cost more than keeping these. */
  private static final int ROWS_BETWEEN_DROPS = 64;

  private final Lane[] lanes;
  private final boolean nullsFirst;
  private final boolean sameForPeers;
  private final UnsafeRowWriter writer;
  private UnsafeRow results;
  private long resultsOf = NO_GROUP;
  private int readSinceDrop;

  KeyFrames(WindowPlan plan, SpillSpace space) {
    FrameAggregates aggregates = new FrameAggregates();
    this.lanes = new Lane[plan.lanes().size()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(plan.lanes().get(i), space, aggregates);
    }
    this.nullsFirst = plan.order() != null && plan.order().nullsFirst();
    this.sameForPeers = plan.isSameForPeers();
    this.writer = new UnsafeRowWriter(plan.results().size());
  }

  /** Forgets the rows of the key before. */
  void startKey() {
    for (Lane lane : lanes) {
      lane.clear();
    }
    resultsOf = NO_GROUP;
    readSinceDrop = 0;
  }

  /**
   * Adds a row.
   *
   * @param place where it stands among those of its key; its lanes are filled in
   */
  void add(RowReader row, CurrentRow place) {
    long contained = 0;
    for (int i = 0; i < lanes.length; i++) {
      if (lanes[i].add(row, place, nullsFirst)) {
        contained |= 1L << i;
      }
    }
    place.setLanes(contained);
  }

  /** The results of a row; the row that is returned is reused. */
  UnsafeRow results(CurrentRow row) {
    if (sameForPeers && row.group() == resultsOf) {
      return results;
    }
    resultsOf = row.group();
    writer.reset();
    writer.zeroOutNullBytes();
    for (int i = 0; i < lanes.length; i++) {
      lanes[i].moveTo(row, (row.lanes() >>> i & 1) != 0);
      lanes[i].write(writer);
    }
    results = writer.getRow();
    if (++readSinceDrop == ROWS_BETWEEN_DROPS) {
      readSinceDrop = 0;
      for (Lane lane : lanes) {
        lane.dropUnneeded();
      }
    }
    return results;
  }

  /** The most rows that a frame has had. */
  long largestFrame() {
    long largest = 0;
    for (Lane lane : lanes) {
      for (LaneFrame frame : lane.frames()) {
        largest = Math.max(largest, frame.largest());
      }
    }
    return largest;
  }
}
