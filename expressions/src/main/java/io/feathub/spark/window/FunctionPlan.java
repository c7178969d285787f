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

import io.feathub.spark.spill.SpillMemory;
import io.feathub.spark.spill.SpillSpace;
import io.feathub.spark.window.aggregate.Dispersion;
import io.feathub.spark.window.aggregate.FrameAggregate;
import io.feathub.spark.window.aggregate.FrameAggregates;
import io.feathub.spark.window.aggregate.FrameMemory;
import io.feathub.spark.window.aggregate.OverflowMode;
import io.feathub.spark.window.aggregate.RemovalOrder;
import io.feathub.spark.window.recent.Exclusion;
import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/**
 * A function over a frame.
 *
 * @param input its input's index among those of the lane, or {@link LaneLayout#NONE}
 * @param type how the input is held; null if there is none
 * @param inputType the input's type; null if there is none
 * @param result its place among the results of the window
 */
record FunctionPlan(Computation function, int input, ValueType type, DataType inputType, int result)
    implements Serializable {

  FrameFunction newFunction(
      FramePlan frame, Lane lane, SpillSpace space, FrameAggregates aggregates) {
    LaneLayout layout = lane.layout();
    return switch (function.kind()) {
      case COUNT_ROWS -> new RowCount();
      case FIRST ->
          frame.leaves() || frame.exclude() != Exclusion.NONE
              ? new EdgeValue(true, !frame.leaves(), layout, type, input)
              : new FirstSeen(layout, type, input, lane.newReader());
      case LAST -> new EdgeValue(false, false, layout, type, input);
      case LIST -> new ValueList(layout, type, input);
      case MIN, MAX -> extreme(frame, lane, space);
      case VALUE_COUNTS ->
          new ValueFunction(valueCounts(lane, space.memory(), aggregates), layout, input);
      default -> new ValueFunction(aggregate(frame, aggregates), layout, input);
    };
  }

  private FrameFunction extreme(FramePlan frame, Lane lane, SpillSpace space) {
    boolean greatest = function.kind() == FunctionKind.MAX;
    return frame.exclude() == Exclusion.CURRENT_ROW
        ? new ExtremeButOwn(type, greatest, frame, input, lane, space)
        : new Extreme(type, greatest, frame, input, lane, space);
  }

  private FrameAggregate valueCounts(Lane lane, SpillMemory memory, FrameAggregates aggregates) {
    FrameMemory counted = new CountsMemory(memory);
    return type.isBytes()
        ? aggregates.valueCounts(new LaneBytes(lane.newReader()), counted)
        : aggregates.valueCounts(inputType, counted);
  }

  private FrameAggregate aggregate(FramePlan frame, FrameAggregates aggregates) {
    RemovalOrder removals =
        frame.exclude().differsAmongPeers() ? RemovalOrder.ANY : RemovalOrder.OLDEST_FIRST;
    OverflowMode overflow = function.overflow();
    return switch (function.kind()) {
      case COUNT_VALUES -> aggregates.count();
      case SUM_OF_LONGS -> aggregates.sumOfLongs(overflow);
      case SUM_OF_DOUBLES -> aggregates.sumOfDoubles(removals);
      case SUM_OF_FLOATS -> aggregates.sumToFloat(removals);
      case SUM_OF_DECIMALS ->
          aggregates.sumOfDecimals(type.decimal(), overflow, function.context());
      case SUM_OF_DAY_TIME -> aggregates.sumOfDayTimeIntervals(overflow);
      case SUM_OF_YEAR_MONTH -> aggregates.sumOfYearMonthIntervals(overflow);
      case AVERAGE_OF_LONGS -> aggregates.averageOfLongs();
      case AVERAGE_OF_DOUBLES -> aggregates.averageOfDoubles(removals);
      case AVERAGE_OF_DECIMALS ->
          aggregates.averageOfDecimals(type.decimal(), overflow, function.context());
      case AVERAGE_OF_DAY_TIME -> aggregates.averageOfDayTimeIntervals(overflow);
      case AVERAGE_OF_YEAR_MONTH -> aggregates.averageOfYearMonthIntervals(overflow);
      case VARIANCE_OF_POPULATION -> dispersion(Dispersion.VAR_POP, aggregates);
      case VARIANCE_OF_SAMPLE -> dispersion(Dispersion.VAR_SAMP, aggregates);
      case DEVIATION_OF_POPULATION -> dispersion(Dispersion.STDDEV_POP, aggregates);
      case DEVIATION_OF_SAMPLE -> dispersion(Dispersion.STDDEV_SAMP, aggregates);
      case COUNT_ROWS, MIN, MAX, FIRST, LAST, LIST, VALUE_COUNTS ->
          throw new IllegalStateException("No values are added to " + function.kind() + ".");
    };
  }

  private FrameAggregate dispersion(Dispersion dispersion, FrameAggregates aggregates) {
    return aggregates.dispersion(dispersion, function.loneSample());
  }
}
