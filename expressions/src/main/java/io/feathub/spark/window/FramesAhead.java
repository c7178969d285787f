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

import java.util.List;

/** Tells how far rows have to be read before the frames of one of them are known. */
final class FramesAhead {
  private final Bound[] bounds;

  /**
   * @param bounds upper bounds of frames
   */
  FramesAhead(List<Bound> bounds) {
    this.bounds = bounds.toArray(Bound[]::new);
  }

  /**
   * Whether no row after the last one can be within the frames of a row.
   *
   * @param endsPeers whether the last row is the last one of its peer group
   */
  boolean areKnown(CurrentRow row, CurrentRow last, boolean endsPeers) {
    for (Bound bound : bounds) {
      if (!isKnown(bound, row, last, endsPeers)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(Bound bound, CurrentRow row, CurrentRow last, boolean endsPeers) {
    if (bound instanceof Bound.Unbounded) {
      return false;
    }
    if (bound instanceof Bound.Rows rows) {
      return last.position() >= row.position() + rows.offset();
    }
    boolean peersKnown = last.group() > row.group() || endsPeers;
    if (row.untimed() || bound instanceof Bound.Peers) {
      return peersKnown;
    }
    // Rows without an order value that come after this one are the last ones.
    return peersKnown
        && (last.untimed() || last.order() > ((Bound.Range) bound).distance().from(row.order()));
  }
}
