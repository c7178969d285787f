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

import io.feathub.spark.interop.Distributions;
import io.feathub.spark.interop.JavaUnaryExec;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.ExplainUtils;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.collection.immutable.Seq;

/**
 * Computes SUM, COUNT, AVG, MIN and MAX over {@code RANGE BETWEEN n PRECEDING AND CURRENT ROW}:
 *
 * <pre>
 *   SUM(price) OVER (PARTITION BY user_id ORDER BY ts
 *                    RANGE BETWEEN INTERVAL 2 MINUTES PRECEDING AND CURRENT ROW)
 *
 *   user_id  ts     price        total
 *   1        00:00  100          100
 *   1        00:01  400          500
 *   1        00:02  600          1100
 *   1        00:04  600          1200     the rows of 00:00 and 00:01 have left the frame
 * </pre>
 *
 * <p>Each row enters a frame once and leaves it once, so the work per row does not depend on the
 * size of the frame. All frames and functions over one PARTITION BY and ORDER BY share a pass.
 *
 * <p>Needs all rows of a key in one partition, and no order. Two orders of work:
 *
 * <ul>
 *   <li>the child is sorted by (keys, time) already: rows stream through, and keep their order;
 *   <li>else rows are sorted here, spilling as Spark's sorts do, by one long of a key's hash bucket
 *       and the time. That is a fraction of a sort by (keys, time), but mixes the keys of a bucket;
 *       no order is claimed for the output.
 * </ul>
 *
 * <p>Buffered are the rows of one time (of one key, or of one bucket), spilling beyond the
 * thresholds of Spark's own operator, and for the keys of the current scope the times and inputs of
 * the rows in their largest frame, which cannot spill: a frame that does not fit in the memory of a
 * task is an error. Frames of many millions of rows are a reason to turn this operator off.
 */
public final class StreamingWindowExec extends JavaUnaryExec {
  private final Seq<NamedExpression> windowExpressions;
  private final Seq<Expression> partitionSpec;
  private final Seq<SortOrder> orderSpec;
  private final String timeZone;
  private final boolean ansi;
  private transient scala.collection.immutable.Map<String, SQLMetric> metrics;

  /**
   * @param windowExpressions aliases of window expressions that {@link SupportedWindow} accepts
   * @param timeZone zone in which intervals of days are calendar days
   * @param ansi whether a bound of BIGINT that overflows is an error
   */
  public StreamingWindowExec(
      Seq<NamedExpression> windowExpressions,
      Seq<Expression> partitionSpec,
      Seq<SortOrder> orderSpec,
      String timeZone,
      boolean ansi,
      SparkPlan child) {
    super(child);
    this.windowExpressions = windowExpressions;
    this.partitionSpec = partitionSpec;
    this.orderSpec = orderSpec;
    this.timeZone = timeZone;
    this.ansi = ansi;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {windowExpressions, partitionSpec, orderSpec, timeZone, ansi, child()};
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new StreamingWindowExec(
        windowExpressions, partitionSpec, orderSpec, timeZone, ansi, newChild);
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> output = new ArrayList<>(ScalaCollections.list(child().output()));
    for (NamedExpression expression : ScalaCollections.list(windowExpressions)) {
      output.add(expression.toAttribute());
    }
    return ScalaCollections.seq(output);
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return ScalaCollections.seq(
        partitionSpec.isEmpty()
            ? Distributions.oneTask()
            : Distributions.clustered(ScalaCollections.list(partitionSpec)));
  }

  @Override
  public Partitioning outputPartitioning() {
    return child().outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return isInputSorted() ? child().outputOrdering() : ScalaCollections.seq();
  }

  /**
   * Whether the child's rows come in the order that is needed. Derived from the child each time:
   * adaptive execution may replace it by one with another order.
   */
  boolean isInputSorted() {
    return CatalystWindows.isSorted(
        ScalaCollections.list(child().outputOrdering()), partitionSpec, orderSpec.head());
  }

  @Override
  public scala.collection.immutable.Map<String, SQLMetric> metrics() {
    if (metrics == null) {
      metrics =
          ScalaCollections.map(
              Map.of(
                  WindowMetrics.OUTPUT_ROWS,
                  SQLMetrics.createMetric(sparkContext(), "number of output rows"),
                  WindowMetrics.SORT_TIME,
                  SQLMetrics.createTimingMetric(sparkContext(), "sort time", -1),
                  WindowMetrics.SPILL_SIZE,
                  SQLMetrics.createSizeMetric(sparkContext(), "spill size", -1),
                  WindowMetrics.PEAK_MEMORY,
                  SQLMetrics.createSizeMetric(sparkContext(), "peak memory", -1),
                  WindowMetrics.LARGEST_FRAME,
                  SQLMetrics.createAverageMetric(sparkContext(), "rows in the largest frame")));
    }
    return metrics;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    SupportedWindow window =
        SupportedWindow.of(windowExpressions, partitionSpec, orderSpec).orElseThrow();
    StreamingWindowEvaluatorFactory factory =
        new StreamingWindowEvaluatorFactory(
            new WindowInputs(
                partitionSpec,
                window.order().child(),
                window.inputs(),
                window.types(),
                child().output()),
            window.functions(),
            LowerBounds.of(window, timeZone, ansi),
            orderSpec,
            isInputSorted(),
            WindowMetrics.of(metrics()));
    return child()
        .execute()
        .mapPartitionsWithEvaluator(factory, ScalaCollections.classTag(InternalRow.class));
  }

  /** What EXPLAIN shows after the operator's name. */
  @Override
  public String argString(int maxFields) {
    return StreamingWindowText.of(windowExpressions, partitionSpec, orderSpec, isInputSorted());
  }

  @Override
  public String verboseStringWithOperatorId() {
    return "\n"
        + formattedNodeName()
        + "\n"
        + ExplainUtils.generateFieldString("Input", child().output())
        + "\nArguments: "
        + argString(Integer.MAX_VALUE)
        + "\n";
  }
}
