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

import java.util.Comparator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Finds right rows while both sides come by keys and time: one step forward at a time on both, and
 * in memory no more than the right rows around the left row's time.
 */
final class KeyOrderedFinder implements RightRowFinder {
  /** What is kept of a time beside its row: some objects, and the key. */
  private static final long RUN_BYTES = 160;

  private final RightRows right;
  private final Comparator<UnsafeRow> keyOrder;
  private final TieOrder tieOrder;
  private final UnsafeProjection keyOfLeft;
  private final TimeColumn leftTime;
  private final AsOfMatching matching;
  private final TimeDistance distance;
  private final int fields;
  private final AsOfMetrics metrics;

  /** The last right time before that of {@link #last}; null if the key has none. */
  private Run before;

  /** The last right time that is not after the left row's; null if the key has none. */
  private Run last;

  /** The first right time that is not passed yet, maybe of a later key; null behind the end. */
  private Run next;

  private Run spare;
  private UnsafeRow keyOfRuns;
  private long kept;
  private boolean expired;

  /**
   * @param keyOrder of the rows on both sides
   * @param fields of the stored right rows
   */
  KeyOrderedFinder(
      RightRows right,
      Comparator<UnsafeRow> keyOrder,
      TieOrder tieOrder,
      AsOfProbe probe,
      int fields) {
    this.right = right;
    this.keyOrder = keyOrder;
    this.tieOrder = tieOrder;
    this.keyOfLeft = probe.keyOfLeft();
    this.leftTime = probe.leftTime().encoded();
    this.matching = probe.matching();
    this.distance = new EncodedDistance(leftTime, matching.tolerance());
    this.metrics = probe.metrics();
    this.fields = fields;
    right.advance();
    next = readRun();
  }

  @Override
  public UnsafeRow find(InternalRow leftRow) {
    expired = false;
    UnsafeRow key = keyOfLeft.apply(leftRow);
    if (key.anyNull() || leftTime.isNull(leftRow)) {
      return null;
    }
    long time = leftTime.read(leftRow);
    moveTo(key, time);
    Run best = best(time);
    if (best == null) {
      return null;
    }
    expired = !distance.reaches(time, best.time);
    return expired ? null : best.row;
  }

  @Override
  public boolean isExpired() {
    return expired;
  }

  private void moveTo(UnsafeRow key, long time) {
    if (keyOfRuns == null || !keyOfRuns.equals(key)) {
      forget(before);
      forget(last);
      before = null;
      last = null;
      keyOfRuns = key.copy();
    }
    while (next != null && keyOrder.compare(next.key, key) < 0) {
      spare = next;
      next = readRun();
    }
    while (next != null && next.time <= time && next.key.equals(key)) {
      spare = before;
      before = last;
      last = next;
      next = readRun();
    }
  }

  private Run best(long time) {
    boolean exact = last != null && last.time == time;
    if (exact && matching.allowExactMatches()) {
      return last;
    }
    Run earlier = exact ? before : last;
    Run later = next != null && next.key.equals(keyOfRuns) ? next : null;
    return switch (matching.direction()) {
      case BACKWARD -> earlier;
      case FORWARD -> later;
      case NEAREST ->
          earlier == null
                  || (later != null && distance.isLaterCloser(time, earlier.time, later.time))
              ? later
              : earlier;
    };
  }

  /** The rows of the next key and time, of which the greatest counts; null behind the last one. */
  private Run readRun() {
    if (!right.atRow()) {
      return null;
    }
    Run run = spare == null ? new Run() : spare;
    spare = null;
    run.key = right.key().copy();
    run.time = right.time();
    run.set(right.stored());
    while (right.advance() && right.time() == run.time && right.key().equals(run.key)) {
      metrics.ties().add(1);
      if (tieOrder.compare(right.stored(), run.row) > 0) {
        run.set(right.stored());
      }
    }
    return run;
  }

  private void forget(Run run) {
    if (run != null) {
      kept -= RUN_BYTES + run.bytes.length;
    }
  }

  private void keep(long bytes) {
    kept += bytes;
    metrics.raisePeakState(kept);
  }

  private final class Run {
    private final UnsafeRow row = new UnsafeRow(fields);
    private byte[] bytes = new byte[0];
    private UnsafeRow key;
    private long time;

    private Run() {
      keep(RUN_BYTES);
    }

    private void set(UnsafeRow stored) {
      int size = stored.getSizeInBytes();
      if (size > bytes.length) {
        keep(size - bytes.length);
        bytes = new byte[size];
      }
      stored.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET);
      row.pointTo(bytes, size);
    }
  }
}
