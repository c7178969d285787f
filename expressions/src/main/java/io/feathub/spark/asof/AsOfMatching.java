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

/**
 * Which of the right rows with equal keys a left row gets.
 *
 * @param direction where in time the right row lies, seen from the left row
 * @param allowExactMatches whether a right row of exactly the left row's time may match
 * @param tolerance how far away in time it may be
 */
public record AsOfMatching(Direction direction, boolean allowExactMatches, Tolerance tolerance)
    implements Serializable {

  /**
   * The field's terms: backward is "the latest at or before", forward "the earliest at or after",
   * nearest the closer of the two; at equal distance the earlier one.
   */
  public enum Direction {
    BACKWARD,
    FORWARD,
    NEAREST
  }

  AsOfMatching(Direction direction, boolean allowExactMatches) {
    this(direction, allowExactMatches, Tolerance.UNLIMITED);
  }

  /** The same relation written with the operands exchanged: {@code l >= r} is {@code r <= l}. */
  AsOfMatching mirrored() {
    Direction mirrored =
        switch (direction) {
          case BACKWARD -> Direction.FORWARD;
          case FORWARD -> Direction.BACKWARD;
          case NEAREST -> Direction.NEAREST;
        };
    return new AsOfMatching(mirrored, allowExactMatches, tolerance);
  }

  AsOfMatching within(Tolerance reach) {
    return new AsOfMatching(direction, allowExactMatches, reach);
  }

  AsOfMatching withoutExactMatches() {
    return new AsOfMatching(direction, false, tolerance);
  }

  /** The comparison of the left time with the right time that this stands for. */
  String operator() {
    return switch (direction) {
      case BACKWARD -> allowExactMatches ? ">=" : ">";
      case FORWARD -> allowExactMatches ? "<=" : "<";
      case NEAREST -> allowExactMatches ? "~" : "<>";
    };
  }
}
