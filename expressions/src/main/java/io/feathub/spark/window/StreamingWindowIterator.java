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

import java.util.function.LongConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowJoiner;
import org.apache.spark.sql.execution.RowIterator;

/**
 * Appends the results of window functions to rows, which come key by key and in order, and leave in
 * the same order. A row leaves as soon as its frames are known, which for most windows is when the
 * last of its peers has come: a row without peers is never put aside.
 *
 * <p>The row that is returned is reused.
 */
final class StreamingWindowIterator extends RowIterator {
  private final BorderedRows input;
  private final RowReader reader;
  private final KeyFrames frames;
  private final WaitingRows waiting;
  private final FramesAhead ahead;
  private final Pace pace;
  private final UnsafeRowJoiner joiner;
  private final LongConsumer largestFrame;
  private final CurrentRow place = new CurrentRow();
  private boolean firstIsReady;
  private boolean finished;
  private UnsafeRow result;

  /**
   * @param largestFrame told at the end how many rows the largest frame had
   */
  StreamingWindowIterator(
      BorderedRows input,
      RowReader reader,
      KeyFrames frames,
      WaitingRows waiting,
      WindowPlan plan,
      UnsafeRowJoiner joiner,
      LongConsumer largestFrame) {
    this.input = input;
    this.reader = reader;
    this.frames = frames;
    this.waiting = waiting;
    this.pace = plan.pace();
    this.ahead = new FramesAhead(plan.boundsAhead());
    this.joiner = joiner;
    this.largestFrame = largestFrame;
  }

  @Override
  public boolean advanceNext() {
    while (!firstIsReady) {
      if (!input.advance()) {
        finish();
        return false;
      }
      take(input.row());
      if (waiting.isEmpty() && isReady(place)) {
        result = joiner.join(input.row(), frames.results(place));
        return true;
      }
      waiting.add(input.row(), place);
      firstIsReady = isReady(waiting.firstPlace());
    }
    result = joiner.join(waiting.firstRow(), frames.results(waiting.firstPlace()));
    waiting.removeFirst();
    firstIsReady = !waiting.isEmpty() && isReady(waiting.firstPlace());
    return true;
  }

  @Override
  public InternalRow getRow() {
    return result;
  }

  private void take(UnsafeRow row) {
    reader.load(row);
    if (input.startsKey()) {
      frames.startKey();
      place.startKey();
    } else {
      place.next(input.startsPeers());
    }
    place.setOrder(reader.untimed(), reader.order());
    frames.add(reader, place);
  }

  /** Whether the frames of a row are known, the row that came last being the input's. */
  private boolean isReady(CurrentRow row) {
    return switch (pace) {
      case ROW -> true;
      case PEERS -> input.endsPeers() || row.group() < place.group();
      case AHEAD -> input.endsKey() || ahead.areKnown(row, place, input.endsPeers());
    };
  }

  private void finish() {
    if (!finished) {
      finished = true;
      largestFrame.accept(frames.largestFrame());
    }
  }
}
