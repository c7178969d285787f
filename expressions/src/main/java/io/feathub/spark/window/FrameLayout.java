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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the ring of a key keeps of each row: {@code [time, which inputs are present, values that
 * some function will remove]}. Which inputs are present is left out if no function asks.
 */
final class FrameLayout {
  private final WindowFunction[] functions;
  private final int frames;
  private final int[] valueCells;
  private final boolean keepsPresence;
  private final int stride;
  private final Magnitude scratch = new Magnitude();
  private final StateMemory memory;

  FrameLayout(List<WindowFunction> functions, int frames, int inputs, StateMemory memory) {
    this.functions = functions.toArray(WindowFunction[]::new);
    this.frames = frames;
    this.memory = memory;
    this.keepsPresence = functions.stream().anyMatch(WindowFunction::removesByPresence);
    this.valueCells = new int[inputs];
    Arrays.fill(valueCells, -1);
    int next = keepsPresence ? 2 : 1;
    for (WindowFunction function : functions) {
      if (function.removesByValue() && valueCells[function.input()] < 0) {
        valueCells[function.input()] = next++;
      }
    }
    this.stride = next;
  }

  WindowFunction[] functions() {
    return functions;
  }

  int frames() {
    return frames;
  }

  /** Indexes of the functions over each frame. */
  int[][] functionsByFrame() {
    List<List<Integer>> byFrame = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      byFrame.add(new ArrayList<>());
    }
    for (int i = 0; i < functions.length; i++) {
      byFrame.get(functions[i].frame()).add(i);
    }
    return byFrame.stream()
        .map(indexes -> indexes.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The place of an input's value in a row's cells, or -1 if it is not kept. */
  int valueCell(int input) {
    return valueCells[input];
  }

  boolean keepsPresence() {
    return keepsPresence;
  }

  FrameRing newRing() {
    return new FrameRing(stride, memory);
  }

  FrameAggregate[] newAggregates() {
    FrameAggregate[] aggregates = new FrameAggregate[functions.length];
    for (int i = 0; i < functions.length; i++) {
      aggregates[i] = functions[i].newAggregate(scratch, memory);
    }
    return aggregates;
  }

  /** Reserves the memory of one key before its state is made. */
  void reserveState() {
    memory.reserve(stateBytes());
  }

  void releaseState() {
    memory.release(stateBytes());
  }

  StateMemory memory() {
    return memory;
  }

  private long stateBytes() {
    long bytes = 128 + FrameRing.initialBytes(stride) + 16L * frames + 16L * functions.length;
    for (WindowFunction function : functions) {
      bytes += function.bytes();
    }
    return bytes;
  }
}
