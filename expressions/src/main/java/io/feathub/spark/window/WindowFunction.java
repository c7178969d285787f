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
 * One function of a window, ready to run.
 *
 * @param frame index of its frame among those of the window
 * @param input index of its input among those of the window; -1 for {@link Kind#COUNT_ROWS}
 * @param type how its input is held; null for the counts
 */
record WindowFunction(Kind kind, int frame, int input, ValueType type) implements Serializable {

  /** What is computed. */
  enum Kind {
    COUNT_ROWS,
    COUNT_VALUES,
    SUM_LONG_OR_FAIL,
    SUM_LONG_WRAPPING,
    SUM_DOUBLE,
    AVERAGE_LONG,
    AVERAGE_DOUBLE,
    MIN,
    MAX
  }

  /** Whether a value that leaves the frame has to be known. */
  boolean removesByValue() {
    return switch (kind) {
      case SUM_LONG_OR_FAIL, SUM_LONG_WRAPPING, SUM_DOUBLE, AVERAGE_LONG, AVERAGE_DOUBLE -> true;
      case COUNT_ROWS, COUNT_VALUES, MIN, MAX -> false;
    };
  }

  /** Whether it has to be known if a value that leaves the frame was null. */
  boolean removesByPresence() {
    return removesByValue() || kind == Kind.COUNT_VALUES;
  }

  /** An empty frame's state, or null where the number of rows is all that is needed. */
  FrameAggregate newAggregate(Magnitude scratch, StateMemory memory) {
    return switch (kind) {
      case COUNT_ROWS -> null;
      case COUNT_VALUES -> new CountFrame();
      case SUM_LONG_OR_FAIL -> new LongSumFrame(new ExactLongSum(scratch), true);
      case SUM_LONG_WRAPPING -> new LongSumFrame(new ExactLongSum(scratch), false);
      case SUM_DOUBLE -> new DoubleSumFrame(new ExactDoubleSum(scratch), ExactDoubleSum::sum);
      case AVERAGE_LONG -> new LongAverageFrame(new ExactLongSum(scratch));
      case AVERAGE_DOUBLE ->
          new DoubleSumFrame(new ExactDoubleSum(scratch), ExactDoubleSum::average);
      case MIN -> new MonotonicDeque(type, false, memory);
      case MAX -> new MonotonicDeque(type, true, memory);
    };
  }

  /** Bytes of an empty frame's state. */
  long bytes() {
    return 16
        + switch (kind) {
          case COUNT_ROWS -> 0;
          case COUNT_VALUES -> 24;
          case SUM_LONG_OR_FAIL, SUM_LONG_WRAPPING, AVERAGE_LONG -> ExactLongSum.BYTES + 24;
          case SUM_DOUBLE, AVERAGE_DOUBLE -> ExactDoubleSum.BYTES + 24;
          case MIN, MAX -> MonotonicDeque.BYTES;
        };
  }
}
