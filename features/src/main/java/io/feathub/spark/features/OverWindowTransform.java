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

/**
 * An aggregate over the rows of the same group whose event time lies in {@code [t - windowSize,
 * t]}, both ends included, where t is the event time of the row. A row without event time is in no
 * other row's window and gets the value of a window without rows.
 */
public final class OverWindowTransform implements Transform {
  private final String expr;
  private final AggFunc aggFunc;
  private final Duration windowSize;
  private final List<String> groupByKeys;

  private OverWindowTransform(Builder builder) {
    this.expr = builder.expr;
    this.aggFunc = builder.aggFunc;
    if (!aggFunc.isSupported()) {
      throw FeatureErrors.notSupported("The aggregate function " + aggFunc);
    }
    if (builder.windowSize == null) {
      throw FeatureErrors.notSupported("A window without a window size");
    }
    this.windowSize = builder.windowSize;
    if (windowSize.isNegative()) {
      throw FeatureErrors.invalidWindowSize(windowSize, "is negative");
    }
    if (windowSize.toNanosPart() % 1000 != 0) {
      throw FeatureErrors.invalidWindowSize(windowSize, "is finer than a microsecond");
    }
    this.groupByKeys = List.copyOf(builder.groupByKeys);
  }

  /**
   * Starts a window.
   *
   * @param expr what is aggregated: an expression as {@link ExpressionTransform} takes it
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

  public Duration windowSize() {
    return windowSize;
  }

  public List<String> groupByKeys() {
    return groupByKeys;
  }

  /** Collects what a window needs. */
  public static final class Builder {
    private final String expr;
    private final AggFunc aggFunc;
    private Duration windowSize;
    private List<String> groupByKeys = List.of();

    private Builder(String expr, AggFunc aggFunc) {
      this.expr = requireNonNull(expr, "expr is null");
      this.aggFunc = requireNonNull(aggFunc, "aggFunc is null");
    }

    /** How far back the window reaches, to the microsecond; required. */
    public Builder windowSize(Duration size) {
      this.windowSize = size;
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
