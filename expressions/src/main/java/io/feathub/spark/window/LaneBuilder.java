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

import io.feathub.spark.window.recent.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Collects the functions that look at the same rows; equal frames and inputs are shared. */
final class LaneBuilder {
  private final int condition;
  private final int required;
  private final boolean orderIsNullable;
  private final List<Integer> inputs = new ArrayList<>();
  private final List<ValueType> types = new ArrayList<>();
  private final List<FramePlan> frames = new ArrayList<>();
  private final List<List<FunctionPlan>> functions = new ArrayList<>();
  private boolean anyNullable;

  LaneBuilder(int condition, int required, boolean orderIsNullable) {
    this.condition = condition;
    this.required = required;
    this.orderIsNullable = orderIsNullable;
  }

  boolean takes(int otherCondition, int otherRequired) {
    return condition == otherCondition && required == otherRequired;
  }

  /** The index of an input. */
  int input(int column, ValueType type, boolean nullable) {
    anyNullable |= nullable;
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) == column && types.get(i).equals(type)) {
        return i;
      }
    }
    inputs.add(column);
    types.add(type);
    return inputs.size() - 1;
  }

  /**
   * Adds a function over a frame.
   *
   * @param frame has no functions yet
   */
  void add(FramePlan frame, FunctionPlan function) {
    int index = frames.indexOf(frame);
    if (index < 0) {
      index = frames.size();
      frames.add(frame);
      functions.add(new ArrayList<>());
    }
    functions.get(index).add(function);
  }

  boolean goesByDistance() {
    return frames.stream().anyMatch(LaneBuilder::goesByDistance);
  }

  private static boolean goesByDistance(FramePlan frame) {
    return frame.lower() instanceof Bound.Range || frame.upper() instanceof Bound.Range;
  }

  LanePlan build(IntUnaryOperator places) {
    List<FramePlan> complete = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      complete.add(frames.get(i).with(List.copyOf(functions.get(i))));
    }
    return new LanePlan(
        condition == LaneLayout.NONE ? LaneLayout.NONE : places.applyAsInt(condition),
        required == LaneLayout.NONE ? List.of() : List.of(places.applyAsInt(required)),
        inputs.stream().map(places::applyAsInt).toList(),
        List.copyOf(types),
        new LaneLayout(needs(), types.toArray(ValueType[]::new)),
        complete);
  }

  private LaneLayout.Needs needs() {
    boolean allRows = condition == LaneLayout.NONE && required == LaneLayout.NONE;
    return new LaneLayout.Needs(
        goesByDistance(),
        frames.stream().anyMatch(this::needsGroup) || hasFloatingExtreme(),
        !allRows && frames.stream().anyMatch(LaneBuilder::goesByRows),
        types.stream().anyMatch(ValueType::isBytes),
        anyNullable);
  }

  private boolean needsGroup(FramePlan frame) {
    return frame.lower() instanceof Bound.Peers
        || (!frame.entersAtOnce() && frame.upper() instanceof Bound.Peers)
        || (orderIsNullable && goesByDistance(frame))
        || frame.exclude() != Exclusion.NONE;
  }

  private static boolean goesByRows(FramePlan frame) {
    return frame.lower() instanceof Bound.Rows || frame.upper() instanceof Bound.Rows;
  }

  /** Of two zeros of one peer group MIN and MAX prefer one, whichever came first. */
  private boolean hasFloatingExtreme() {
    return functions.stream()
        .flatMap(List::stream)
        .anyMatch(
            function ->
                function.function().kind().isExtreme() && function.type().isFloatingPoint());
  }
}
