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

import io.feathub.spark.grouping.RowKeySpec;
import io.feathub.spark.grouping.RowOrder;
import io.feathub.spark.grouping.RowOrder.Ties;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/**
 * Computes aggregate functions over moving frames:
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
 * <p>Needs all rows of a key in one partition, and no order. Rows are worked on key by key, and
 * those of a key in the order of ORDER BY. There are two ways to that:
 *
 * <ul>
 *   <li>the child is sorted by (keys, ORDER BY) already: rows stream through, and keep their order;
 *   <li>else {@link io.feathub.spark.grouping.KeyGroupSorter} groups and sorts them here, in pieces
 *       that fit in the processor's cache, spilling to disk. That is a fraction of a sort by (keys,
 *       ORDER BY), but keys come in no order; none is claimed for the output.
 * </ul>
 *
 * <p>Kept are the rows of the current key that a frame still reaches, as far as functions look at
 * them, and whole rows while their frames are not known: until the last of their peers has come, or
 * the last row that a FOLLOWING bound reaches. All of it is taken from Spark's memory of the task
 * and goes to disk when there is no more; only the distinct values of VALUE_COUNTS have to fit.
 *
 * <p>Functions whose value depends on the order of peers (FIRST_VALUE, LAST_VALUE, COLLECT_LIST,
 * frames by ROWS, a limit) see them in the order of all their columns, so that the same rows give
 * the same result however they are partitioned. For that, rows are sorted here even if the child
 * is.
 */
public final class StreamingWindowExec extends JavaUnaryExec {
  private final Seq<NamedExpression> windowExpressions;
  private final Seq<Expression> partitionSpec;
  private final Seq<SortOrder> orderSpec;
  private final String timeZone;
  private final boolean ansi;
  private transient scala.collection.immutable.Map<String, SQLMetric> metrics;

  /**
   * @param windowExpressions aliases of window expressions that {@link WindowVerdict} supports
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
    return !orderSpec.isEmpty()
        && !verdict().dependsOnTies()
        && CatalystWindows.isSorted(
            ScalaCollections.list(child().outputOrdering()), partitionSpec, orderSpec);
  }

  private WindowVerdict verdict() {
    return WindowVerdict.of(windowExpressions, partitionSpec, orderSpec);
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
    List<Attribute> input = ScalaCollections.list(child().output());
    List<SortOrder> orders = ScalaCollections.list(orderSpec);
    WindowVerdict verdict = verdict();
    WindowCompiler.Compiled compiled =
        new WindowCompiler(
                verdict.functions(),
                resultSchema(),
                orders.isEmpty() ? null : orders.get(0),
                new Distances(timeZone, ansi))
            .compile(input);
    StreamingWindowEvaluatorFactory factory =
        new StreamingWindowEvaluatorFactory(
            compiled.plan(),
            compiled.columns(),
            input,
            RowKeySpec.of(ScalaCollections.list(partitionSpec), input),
            RowOrder.of(
                orders, input, verdict.dependsOnTies() ? Ties.BY_CONTENT : Ties.AS_INSERTED),
            orders,
            isInputSorted(),
            WindowMetrics.of(metrics()));
    return child()
        .execute()
        .mapPartitionsWithEvaluator(factory, ScalaCollections.classTag(InternalRow.class));
  }

  private StructType resultSchema() {
    return new StructType(
        ScalaCollections.list(windowExpressions).stream()
            .map(StreamingWindowExec::field)
            .toArray(StructField[]::new));
  }

  private static StructField field(NamedExpression result) {
    DataType type = ((Expression) result).dataType();
    return DataTypes.createStructField(result.name(), type, true);
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
