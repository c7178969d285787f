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

import org.apache.spark.QueryContext;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Makes the aggregate functions of one task. The functions made share scratch space, so all of them
 * are used by one thread.
 */
public final class FrameAggregates {
  private final Magnitude scratch = new Magnitude();

  /** COUNT of non-null values. */
  public FrameAggregate count() {
    return new CountFrame();
  }

  /** SUM of integers to a long. */
  public FrameAggregate sumOfLongs(OverflowMode mode) {
    return new LongSumFrame(new ExactLongSum(scratch), SumType.LONG, mode);
  }

  /** SUM of day-time intervals. */
  public FrameAggregate sumOfDayTimeIntervals(OverflowMode mode) {
    return new LongSumFrame(new ExactLongSum(scratch), SumType.DAY_TIME_INTERVAL, mode);
  }

  /** SUM of year-month intervals. */
  public FrameAggregate sumOfYearMonthIntervals(OverflowMode mode) {
    return new LongSumFrame(new ExactLongSum(scratch), SumType.YEAR_MONTH_INTERVAL, mode);
  }

  /** AVG of integers: the exact quotient, rounded once to a double. */
  public FrameAggregate averageOfLongs() {
    return new LongAverageFrame(new ExactLongSum(scratch));
  }

  /** AVG of day-time intervals. */
  public FrameAggregate averageOfDayTimeIntervals(OverflowMode mode) {
    return new IntervalAverageFrame(new ExactLongSum(scratch), SumType.DAY_TIME_INTERVAL, mode);
  }

  /** AVG of year-month intervals. */
  public FrameAggregate averageOfYearMonthIntervals(OverflowMode mode) {
    return new IntervalAverageFrame(new ExactLongSum(scratch), SumType.YEAR_MONTH_INTERVAL, mode);
  }

  /** SUM of floating-point values: the exact sum, rounded once to a double. */
  public FrameAggregate sumOfDoubles(RemovalOrder removals) {
    return ofDoubles(removals, (sum, target, ordinal) -> target.write(ordinal, sum.sum()));
  }

  /** SUM of floating-point values: the exact sum, rounded once to a float. */
  public FrameAggregate sumToFloat(RemovalOrder removals) {
    return ofDoubles(removals, (sum, target, ordinal) -> target.write(ordinal, sum.floatSum()));
  }

  /** AVG of floating-point values: the exact quotient, rounded once to a double. */
  public FrameAggregate averageOfDoubles(RemovalOrder removals) {
    return ofDoubles(removals, (sum, target, ordinal) -> target.write(ordinal, sum.average()));
  }

  private FrameAggregate ofDoubles(RemovalOrder removals, DoubleSumFrame.Result result) {
    return new DoubleSumFrame(new ExactDoubleSum(scratch, removals), result);
  }

  /**
   * SUM of decimals of a type.
   *
   * @param context what errors quote; may be null
   */
  public FrameAggregate sumOfDecimals(DecimalType input, OverflowMode mode, QueryContext context) {
    return new DecimalSumFrame(input, mode, context);
  }

  /**
   * AVG of decimals of a type.
   *
   * @param context what errors quote; may be null
   */
  public FrameAggregate averageOfDecimals(
      DecimalType input, OverflowMode mode, QueryContext context) {
    return new DecimalAverageFrame(input, mode, context);
  }

  /** A variance or standard deviation of doubles: the exact value, rounded once. */
  public FrameAggregate dispersion(Dispersion dispersion, LoneSample loneSample) {
    return new VarianceFrame(new ExactVariance(scratch), dispersion, loneSample);
  }

  /**
   * The counts of distinct values of one or two words, as a map in the order of the values.
   *
   * @param type the values' type; of floating-point values, the zeros are one and all NaN are one
   */
  public FrameAggregate valueCounts(DataType type, FrameMemory memory) {
    boolean isWide =
        type instanceof DecimalType decimal
            && new DecimalFormat(decimal.precision(), decimal.scale()).isWide();
    return new ValueCounts(isWide ? new WideValues() : new WordValues(type), memory);
  }

  /**
   * The counts of distinct values of variable length that are equal if their bytes are: strings of
   * the binary collation and binary values.
   */
  public FrameAggregate valueCounts(ValueBytes source, FrameMemory memory) {
    return new ValueCounts(new ByteValues(source, memory), memory);
  }
}
