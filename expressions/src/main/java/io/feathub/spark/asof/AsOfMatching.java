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
 * @param direction whether the right row lies in the past or in the future of the left row
 * @param allowExactMatches whether a right row of exactly the left row's time may match
 */
public record AsOfMatching(Direction direction, boolean allowExactMatches) implements Serializable {

  /**
   * The field's terms: backward is "the latest at or before", forward "the earliest at or after".
   */
  public enum Direction {
    BACKWARD,
    FORWARD
  }

  /** The same relation written with the operands exchanged: {@code l >= r} is {@code r <= l}. */
  AsOfMatching mirrored() {
    return new AsOfMatching(
        direction == Direction.BACKWARD ? Direction.FORWARD : Direction.BACKWARD,
        allowExactMatches);
  }

  /** The comparison of the left time with the right time that this stands for. */
  String operator() {
    String operator = direction == Direction.BACKWARD ? ">" : "<";
    return allowExactMatches ? operator + "=" : operator;
  }
}
