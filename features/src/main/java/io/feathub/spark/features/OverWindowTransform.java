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
package io.feathub.spark.features;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An aggregate over the recent rows of a row's group. Every row of the view gets a value.
 *
 * <p>The frame of a row with event time t is cut in this order:
 *
 * <ol>
 *   <li>the rows of the group with a time in {@code [t - windowSize, t]}, both ends included; all
 *       up to t without a window size. Rows of the same time are in each other's frames;
 *   <li>without those that {@link Exclude} names;
 *   <li>without those for which the filter is not TRUE;
 *   <li>the last {@code limit} of these in order of time; at equal times, in ascending order of all
 *       fields of the source, nulls first.
 * </ol>
 *
 * <p>A row without event time is in no other row's frame and gets the value of a frame without
 * rows. Rows whose group keys are null are one group.
 *
 * <p>Windows of one view that have the same group keys run in one pass over the rows, with one
 * shuffle, whatever else they differ in, unless one reads the result of another. A pass costs one
 * look at each row when it comes into a frame and one when it leaves; the rows of the widest frame
 * of one group are held, in memory and beyond that on disk.
 */
public final class OverWindowTransform implements Transform {
  private final String expr;
  private final AggFunc aggFunc;
  private final Duration windowSize;
  private final String filterExpr;
  private final Long limit;
  private final Exclude exclude;
  private final List<String> groupByKeys;

  private OverWindowTransform(Builder builder) {
    this.expr = builder.expr;
    this.aggFunc = builder.aggFunc;
    this.windowSize = builder.windowSize;
    this.filterExpr = builder.filterExpr;
    this.limit = builder.limit;
    this.exclude = builder.exclude;
    this.groupByKeys = List.copyOf(builder.groupByKeys);
    if (windowSize != null) {
      requireWholeMicros(windowSize);
    }
    if (limit != null && limit < 1) {
      throw FeatureErrors.invalidWindowLimit(limit);
    }
    FieldNames.requireDistinct("the group_by_keys of a window", groupByKeys);
  }

  private static void requireWholeMicros(Duration size) {
    if (size.isNegative()) {
      throw FeatureErrors.invalidWindowSize(size, "is negative");
    }
    if (size.toNanosPart() % 1000 != 0) {
      throw FeatureErrors.invalidWindowSize(size, "is finer than a microsecond");
    }
  }

  /**
   * Starts a window.
   *
   * @param expr what is aggregated: an expression as {@link ExpressionTransform} takes it, or
   *     {@code *} to count rows
   */
  public static Builder builder(String expr, AggFunc aggFunc) {
    return new Builder(expr, aggFunc);
  }

  public String expr() {
    return expr;
  }

  public AggFunc aggFunc() {
    return aggFunc;
  }

  /** How far back the window reaches; empty if it reaches back to the first row. */
  public Optional<Duration> windowSize() {
    return Optional.ofNullable(windowSize);
  }

  /** The condition on the rows that are aggregated; empty if there is none. */
  public Optional<String> filterExpr() {
    return Optional.ofNullable(filterExpr);
  }

  /** How many rows are aggregated at most; empty for all. */
  public OptionalLong limit() {
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  public Exclude exclude() {
    return exclude;
  }

  public List<String> groupByKeys() {
    return groupByKeys;
  }

  /** Collects what a window needs. */
  public static final class Builder {
    private final String expr;
    private final AggFunc aggFunc;
    private Duration windowSize;
    private String filterExpr;
    private Long limit;
    private Exclude exclude = Exclude.NONE;
    private List<String> groupByKeys = List.of();

    private Builder(String expr, AggFunc aggFunc) {
      this.expr = requireNonNull(expr, "expr is null");
      this.aggFunc = requireNonNull(aggFunc, "aggFunc is null");
    }

    /**
     * How far back the window reaches, to the microsecond. A day is 24 hours. Default: to the first
     * row.
     */
    public Builder windowSize(Duration size) {
      this.windowSize = requireNonNull(size, "size is null");
      return this;
    }

    /**
     * A condition on fields and earlier features, such as {@code action = 'pay'}: only rows for
     * which it is TRUE are aggregated; the others still get a value. Default: all rows.
     */
    public Builder filterExpr(String condition) {
      this.filterExpr = requireNonNull(condition, "condition is null");
      return this;
    }

    /** How many rows are aggregated at most, the last ones; at least 1. Default: all. */
    public Builder limit(long rows) {
      this.limit = rows;
      return this;
    }

    /** What is left out of the frame before the filter and the limit. Default: nothing. */
    public Builder exclude(Exclude rows) {
      this.exclude = requireNonNull(rows, "rows is null");
      return this;
    }

    /** The columns whose values rows must share; rows with null are one group. Default: none. */
    public Builder groupByKeys(String... keys) {
      this.groupByKeys = List.of(keys);
      return this;
    }

    public OverWindowTransform build() {
      return new OverWindowTransform(this);
    }
  }
}
