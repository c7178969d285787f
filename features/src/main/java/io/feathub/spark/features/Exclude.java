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
package io.feathub.spark.features;

import io.feathub.spark.window.recent.Exclusion;

/**
 * Which rows a window leaves out of its frame, before its filter and its limit are applied. Rows of
 * the same group and the same event time as a row are its peers.
 */
public enum Exclude {
  /** None: the row itself and its peers are in its frame. */
  NONE(Exclusion.NONE),
  /** The row itself; its peers stay. */
  CURRENT_ROW(Exclusion.CURRENT_ROW),
  /** The row's peers, but not the row itself. */
  CURRENT_TIME(Exclusion.CURRENT_TIME),
  /** The row itself and its peers: only rows strictly before its time stay. */
  CURRENT_GROUP(Exclusion.CURRENT_GROUP);

  private final Exclusion exclusion;

  Exclude(Exclusion exclusion) {
    this.exclusion = exclusion;
  }

  Exclusion exclusion() {
    return exclusion;
  }

  /** Whether a row is left out of its own frame. */
  boolean leavesTheRowOut() {
    return this == CURRENT_ROW || this == CURRENT_GROUP;
  }
}
