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

import java.io.Serializable;

/**
 * What a lane keeps of each row, in 64-bit words: as far as its frames and functions look at them,
 * the order value, the number of the peer group, the position among the rows of the key, where the
 * bytes of its values begin, which inputs are not null, then the inputs. A place is {@link #NONE}
 * where the word is left out.
 */
final class LaneLayout implements Serializable {
  static final int NONE = -1;

  private final int order;
  private final int group;
  private final int position;
  private final int bytes;
  private final int presence;
  private final int[] inputs;
  private final int stride;

  LaneLayout(Needs needs, ValueType[] types) {
    int next = 0;
    this.order = needs.order() ? next++ : NONE;
    this.group = needs.group() ? next++ : NONE;
    this.position = needs.position() ? next++ : NONE;
    this.bytes = needs.bytes() ? next++ : NONE;
    this.presence = needs.presence() ? next++ : NONE;
    this.inputs = new int[types.length];
    for (int i = 0; i < types.length; i++) {
      inputs[i] = next;
      next += types[i].words();
    }
    // A record of nothing still has a position in its log.
    this.stride = Math.max(next, 1);
  }

  /** Which words are kept besides the inputs. */
  record Needs(boolean order, boolean group, boolean position, boolean bytes, boolean presence) {}

  int order() {
    return order;
  }

  int group() {
    return group;
  }

  int position() {
    return position;
  }

  int bytes() {
    return bytes;
  }

  int presence() {
    return presence;
  }

  int input(int index) {
    return inputs[index];
  }

  int stride() {
    return stride;
  }

  /** Whether an input of a record is not null. */
  boolean isPresent(long[] cells, int base, int input) {
    return presence == NONE || (cells[base + presence] >>> input & 1) != 0;
  }
}
