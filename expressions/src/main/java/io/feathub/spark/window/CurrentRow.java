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

/** Where a row stands among those of its key. */
final class CurrentRow {
  private long position;
  private long group;
  private boolean untimed;
  private long order;
  private long lanes;

  /** Moves to the first row of a key. */
  void startKey() {
    position = 0;
    group = 0;
  }

  /** Moves to the next row of the key. */
  void next(boolean startsPeers) {
    position++;
    if (startsPeers) {
      group++;
    }
  }

  /** Moves to any row. */
  void moveTo(long newPosition, long newGroup) {
    this.position = newPosition;
    this.group = newGroup;
  }

  void setOrder(boolean newUntimed, long newOrder) {
    this.untimed = newUntimed;
    this.order = newOrder;
  }

  void setLanes(long newLanes) {
    this.lanes = newLanes;
  }

  /** Its number among the rows of its key. */
  long position() {
    return position;
  }

  /** The number of its peer group among those of its key. */
  long group() {
    return group;
  }

  /** Whether it has no order value. */
  boolean untimed() {
    return untimed;
  }

  /** Its order value as a long that ascends along the order, if it has one. */
  long order() {
    return order;
  }

  /** One bit for each lane, set if the row is in it. */
  long lanes() {
    return lanes;
  }
}
