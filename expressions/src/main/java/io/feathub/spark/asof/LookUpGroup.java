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

import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Looks left rows up in an index, some at a time, in the order in which they come. A left row with
 * a null in its keys or a null time has no match; a right row that fails the residual condition
 * makes room for the next best.
 *
 * <p>A look-up is mostly waiting for memory, and for one row each wait begins when the one before
 * has ended. So the group takes each step for all its rows before the next step, and the processor
 * waits for many of them at once. It is the group prefetching of Chen, Ailamaki, Gibbons and Mowry,
 * "Improving Hash Join Performance through Prefetching" (ICDE 2004).
 *
 * <p>For one thread. Public for generated code.
 */
public final class LookUpGroup implements MatchedRows {
  /** About as many loads as a processor has under way. */
  private static final int ROWS = 16;

  /** Rows are copied to pieces of memory that are in the processor's cache. */
  private static final int PIECE_BYTES = 1 << 13;

  /** Fewer rows make a group when they are large. */
  private static final int MOST_BYTES = 1 << 20;

  private final AsOfIndex.Prober prober;
  private final TimeReader leftTime;
  private final UnsafeProjection keyOf;
  private final BasePredicate pairTest;
  private final JoinedRow pair = new JoinedRow();
  private final UnsafeRow[] lefts = new UnsafeRow[ROWS];
  private final UnsafeRow[] keys = new UnsafeRow[ROWS];
  private final LookUp[] lookUps = new LookUp[ROWS];
  private byte[] piece = new byte[PIECE_BYTES];
  private int used;

  /** By the group's rows, in this piece and in others. */
  private long copied;

  /** The rows before that were added, and those before these are prepared, and taken. */
  private int added;

  private int prepared;
  private int taken;
  private UnsafeRow match;

  /**
   * @param pairTest the residual condition on left and kept right columns, or null
   * @param leftColumns how many there are
   * @param keyColumns how many there are
   */
  LookUpGroup(
      AsOfIndex.Prober prober,
      UnsafeProjection keyOf,
      BasePredicate pairTest,
      int leftColumns,
      int keyColumns) {
    this.prober = prober;
    this.leftTime = prober.leftTime();
    this.keyOf = keyOf;
    this.pairTest = pairTest;
    for (int i = 0; i < ROWS; i++) {
      lefts[i] = new UnsafeRow(leftColumns);
      keys[i] = new UnsafeRow(keyColumns);
      lookUps[i] = prober.newLookUp();
    }
  }

  /** Whether rows have to be taken before more are added. */
  public boolean isFull() {
    return added == ROWS || copied >= MOST_BYTES;
  }

  /** Adds a copy of a left row. */
  public void add(UnsafeRow left) {
    copy(left, lefts[added]);
    UnsafeRow key = leftTime.isNull(left) ? null : keyOf.apply(left);
    if (key == null || key.anyNull()) {
      lookUps[added].startWithoutMatch();
    } else {
      copy(key, keys[added]);
      lookUps[added].start(keys[added], leftTime.read(left));
    }
    added++;
  }

  /** Goes on to the next row; false if all that were added are taken. */
  @Override
  public boolean advance() {
    if (taken == added) {
      forget();
      return false;
    }
    if (prepared < added) {
      prober.prepare(lookUps, prepared, added);
      prepared = added;
    }
    match = prober.best(lookUps[taken], lefts[taken]);
    taken++;
    while (match != null && pairTest != null && !pairTest.eval(pair.apply(left(), match))) {
      match = prober.nextBest();
    }
    return true;
  }

  /** The match of a left row that is a group by itself. */
  UnsafeRow only(UnsafeRow left) {
    forget();
    add(left);
    advance();
    return match;
  }

  /** Valid until {@link #advance} has returned false. */
  @Override
  public UnsafeRow left() {
    return lefts[taken - 1];
  }

  @Override
  public UnsafeRow match() {
    return match;
  }

  @Override
  public boolean isExpired() {
    return prober.isExpired();
  }

  private void forget() {
    if (copied > PIECE_BYTES) {
      // They have other pieces, too, which may be large.
      piece = new byte[PIECE_BYTES];
      for (int i = 0; i < added; i++) {
        lefts[i].pointTo(piece, 0);
        keys[i].pointTo(piece, 0);
      }
    }
    added = 0;
    prepared = 0;
    taken = 0;
    used = 0;
    copied = 0;
  }

  /** Rows that were copied before stay where they are as long as they are needed. */
  private void copy(UnsafeRow row, UnsafeRow target) {
    int size = row.getSizeInBytes();
    if (size > piece.length - used) {
      piece = new byte[Math.max(PIECE_BYTES, size)];
      used = 0;
    }
    long offset = (long) Platform.BYTE_ARRAY_OFFSET + used;
    row.writeToMemory(piece, offset);
    target.pointTo(piece, offset, size);
    used += size;
    copied += size;
  }
}
