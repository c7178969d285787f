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
package io.feathub.spark.window.aggregate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Moves frames over values and reads what a function makes of them. */
final class FrameRuns {
  static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  private static final int GREATEST_FRAME = 8;

  private FrameRuns() {}

  /** Looks at a function's row, whose only column is its value, and at the values in the frame. */
  interface Check {
    void accept(UnsafeRow row, List<long[]> frame);
  }

  /** A generator of its own, after the seed was printed. */
  static Random random() {
    System.out.println("feathub.test.seed=" + SEED);
    return new Random(SEED);
  }

  static UnsafeRow read(FrameAggregate aggregate) {
    // Space that was used before, as the operator's.
    UnsafeRowWriter target = new UnsafeRowWriter(1);
    target.write(0, "leftovers of a row".repeat(9).getBytes(StandardCharsets.UTF_8));
    target.reset();
    target.zeroOutNullBytes();
    aggregate.write(target, 0);
    return target.getRow();
  }

  /** Frames of a few, of half and of all of the values, one after the other. */
  static void slide(FrameAggregate aggregate, List<long[]> values, Check check) {
    for (int size = 1; size <= Math.min(values.size(), GREATEST_FRAME); size++) {
      slide(aggregate, values, size, check);
    }
    if (values.size() > GREATEST_FRAME) {
      slide(aggregate, values, values.size() / 2, check);
      slide(aggregate, values, values.size(), check);
    }
  }

  private static void slide(FrameAggregate aggregate, List<long[]> values, int size, Check check) {
    aggregate.clear();
    check.accept(read(aggregate), List.of());
    for (int end = 1; end <= values.size(); end++) {
      add(aggregate, values.get(end - 1));
      if (end > size) {
        remove(aggregate, values.get(end - 1 - size));
      }
      check.accept(read(aggregate), values.subList(Math.max(0, end - size), end));
    }
    for (int start = Math.max(0, values.size() - size); start < values.size(); start++) {
      remove(aggregate, values.get(start));
      check.accept(read(aggregate), values.subList(start + 1, values.size()));
    }
  }

  /** Values come and go in any order, a few at a time. */
  static void shuffle(FrameAggregate aggregate, List<long[]> values, Random random, Check check) {
    List<long[]> frame = new ArrayList<>();
    for (long[] value : values) {
      while (!frame.isEmpty() && random.nextInt(8) < Math.min(frame.size(), 5)) {
        remove(aggregate, frame.remove(random.nextInt(frame.size())));
        check.accept(read(aggregate), frame);
      }
      frame.add(value);
      add(aggregate, value);
      check.accept(read(aggregate), frame);
    }
  }

  private static void add(FrameAggregate aggregate, long[] value) {
    aggregate.add(inside(value), 3);
  }

  private static void remove(FrameAggregate aggregate, long[] value) {
    aggregate.remove(inside(value), 3);
  }

  private static long[] inside(long[] value) {
    long[] cells = {7, 7, 7, 7, 7, 7};
    System.arraycopy(value, 0, cells, 3, value.length);
    return cells;
  }
}
