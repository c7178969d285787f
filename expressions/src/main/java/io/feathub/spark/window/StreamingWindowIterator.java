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

import io.feathub.spark.bucketsort.TimeOrder;
import java.util.function.LongConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowJoiner;
import org.apache.spark.sql.execution.RowIterator;

/**
 * Appends the results of window functions to rows that come scope by scope and, within a scope, in
 * the order of time. The rows of a scope and time are taken together: all enter their keys' frames,
 * then all are returned, in the order in which they came. A group of one row, the usual case, is
 * not buffered but held in one reused row.
 *
 * <p>The row that is returned is reused.
 */
final class StreamingWindowIterator extends RowIterator {
  private final RowIterator input;
  private final RowReader reader;
  private final RowReader returnedReader;
  private final KeyScope scope;
  private final PeerGroup group;
  private final PeerRows peers;
  private final UnsafeRowJoiner joiner;
  private final TimeOrder order;
  private final LongConsumer largestFrame;
  private final UnsafeRow held;
  private scala.collection.Iterator<UnsafeRow> returning;
  private boolean started;
  private boolean atRow;
  private boolean finished;
  private long rowsOfLargestFrame;
  private UnsafeRow result;

  /**
   * @param reader reads rows as they come
   * @param returnedReader reads buffered rows, while the other stays at the row that comes next
   * @param largestFrame told at the end how many rows the largest frame had
   */
  StreamingWindowIterator(
      RowIterator input,
      int inputFields,
      RowReader reader,
      RowReader returnedReader,
      KeyScope scope,
      FrameBounds bounds,
      PeerRows peers,
      UnsafeRowJoiner joiner,
      TimeOrder order,
      LongConsumer largestFrame) {
    this.input = input;
    this.reader = reader;
    this.returnedReader = returnedReader;
    this.scope = scope;
    this.group = new PeerGroup(bounds);
    this.peers = peers;
    this.joiner = joiner;
    this.order = order;
    this.largestFrame = largestFrame;
    this.held = new UnsafeRow(inputFields);
    held.pointTo(new byte[0], 0);
  }

  @Override
  public boolean advanceNext() {
    if (returning != null && returning.hasNext()) {
      returnNext();
      return true;
    }
    returning = null;
    if (!started) {
      started = true;
      advanceInput();
    }
    if (!atRow) {
      finish();
      return false;
    }
    takeGroup();
    return true;
  }

  @Override
  public InternalRow getRow() {
    return result;
  }

  /** Takes all rows of the next group in, and returns the first of them. */
  private void takeGroup() {
    if (!scope.contains(reader)) {
      scope.enter(reader);
    }
    group.start(reader);
    KeyState state = scope.state(reader);
    state.add(reader, group);
    held.copyFrom((UnsafeRow) input.getRow());
    advanceInput();
    if (!atGroup()) {
      result = joiner.join(held, read(state));
      return;
    }
    peers.clear();
    peers.add(held);
    do {
      scope.state(reader).add(reader, group);
      peers.add((UnsafeRow) input.getRow());
      advanceInput();
    } while (atGroup());
    returning = peers.rows();
    returnNext();
  }

  private void returnNext() {
    UnsafeRow row = returning.next();
    returnedReader.loadKey(row);
    result = joiner.join(row, read(scope.state(returnedReader)));
  }

  /** Whether the input is at a further row of the group. */
  private boolean atGroup() {
    if (!atRow || !scope.contains(reader)) {
      return false;
    }
    if (group.hasTimeOf(reader)) {
      return true;
    }
    if (order.compare(group.untimed(), group.time(), reader.untimed(), reader.time()) > 0) {
      throw new IllegalStateException("The input of a streaming window is not sorted by time.");
    }
    return false;
  }

  private UnsafeRow read(KeyState state) {
    UnsafeRow results = state.results(group);
    rowsOfLargestFrame = Math.max(rowsOfLargestFrame, state.rowsInLargestFrame());
    return results;
  }

  private void advanceInput() {
    atRow = input.advanceNext();
    if (atRow) {
      reader.load((UnsafeRow) input.getRow());
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      peers.clear();
      largestFrame.accept(rowsOfLargestFrame);
    }
  }
}
