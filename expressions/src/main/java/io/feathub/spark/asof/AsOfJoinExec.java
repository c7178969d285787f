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

import io.feathub.spark.interop.JavaBinaryExec;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.CodegenSupport;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * What the physical forms of the as-of join have in common: columns, keys, times, metrics. Left
 * rows are streamed in their own order, so that the left side's partitioning and ordering stay,
 * whatever the kind of join.
 */
public abstract class AsOfJoinExec extends JavaBinaryExec implements CodegenSupport {
  private final Seq<Attribute> leftKeys;
  private final Seq<Attribute> rightKeys;
  private final Attribute leftTime;
  private final Attribute rightTime;
  private final Option<Attribute> tieBreak;
  private final Option<Expression> residual;
  private final Seq<Attribute> rightOutput;
  private final AsOfMatching matching;
  private final JoinType joinType;
  private transient AsOfMetrics asOfMetrics;
  private transient CodegenSupport parent;
  private transient scala.collection.immutable.Map<String, SQLMetric> metrics;

  AsOfJoinExec(
      SparkPlan left,
      SparkPlan right,
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      Option<Attribute> tieBreak,
      Option<Expression> residual,
      Seq<Attribute> rightOutput,
      AsOfMatching matching,
      JoinType joinType) {
    super(left, right);
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.tieBreak = tieBreak;
    this.residual = residual;
    this.rightOutput = rightOutput;
    this.matching = matching;
    this.joinType = joinType;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {
      left(),
      right(),
      leftKeys,
      rightKeys,
      leftTime,
      rightTime,
      tieBreak,
      residual,
      rightOutput,
      matching,
      joinType
    };
  }

  static Object[] with(Object[] arguments, Object last) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Override
  public final Seq<Attribute> output() {
    return FeathubAsOfJoin.output(left().output(), rightOutput, joinType);
  }

  @Override
  public Partitioning outputPartitioning() {
    return left().outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return left().outputOrdering();
  }

  @Override
  public final scala.collection.immutable.Map<String, SQLMetric> metrics() {
    if (metrics == null) {
      metrics = ScalaCollections.map(asOfMetrics().of(metricsOfForm()));
    }
    return metrics;
  }

  /** What this form tells beside what all do. */
  abstract Set<AsOfMetrics.OfSome> metricsOfForm();

  final AsOfMetrics asOfMetrics() {
    if (asOfMetrics == null) {
      asOfMetrics = AsOfMetrics.create(sparkContext());
    }
    return asOfMetrics;
  }

  final Seq<Attribute> leftKeys() {
    return leftKeys;
  }

  final Seq<Attribute> rightKeys() {
    return rightKeys;
  }

  final Attribute leftTime() {
    return leftTime;
  }

  final Attribute rightTime() {
    return rightTime;
  }

  final Option<Attribute> tieBreak() {
    return tieBreak;
  }

  final Option<Expression> residual() {
    return residual;
  }

  final Seq<Attribute> rightOutput() {
    return rightOutput;
  }

  final AsOfMatching matching() {
    return matching;
  }

  final JoinType joinType() {
    return joinType;
  }

  /** What is indexed of the right rows. */
  final RightSide rightSide() {
    List<Attribute> columns = ScalaCollections.list(right().output());
    List<DataType> types = new ArrayList<>();
    columns.forEach(column -> types.add(column.dataType()));
    return new RightSide(
        ordinals(columns, ScalaCollections.list(rightKeys)),
        RightSide.ordinal(columns, rightTime),
        tieBreak.isDefined() ? RightSide.ordinal(columns, tieBreak.get()) : RightSide.NONE,
        ordinals(columns, keptColumns()),
        rightOutput.size(),
        residual.isDefined(),
        List.copyOf(types));
  }

  /** The work of one task, free of the plan. */
  final AsOfProbe probe() {
    List<Attribute> leftColumns = ScalaCollections.list(left().output());
    return new AsOfProbe(
        leftKeys,
        left().output(),
        keptColumns(),
        rightOutput.size(),
        new LeftTime(RightSide.ordinal(leftColumns, leftTime), leftTime.dataType()),
        residual,
        matching,
        AsOfOutcome.of(joinType),
        asOfMetrics());
  }

  /** The right columns that come out, and behind them those that only the residual reads. */
  final List<Attribute> keptColumns() {
    List<Attribute> kept = new ArrayList<>(ScalaCollections.list(rightOutput));
    if (residual.isDefined()) {
      for (Attribute column : ScalaCollections.list(right().output())) {
        if (residual.get().references().contains(column)
            && kept.stream().noneMatch(other -> other.exprId().equals(column.exprId()))) {
          kept.add(column);
        }
      }
    }
    return kept;
  }

  private static List<Integer> ordinals(List<Attribute> columns, List<Attribute> wanted) {
    return wanted.stream().map(column -> RightSide.ordinal(columns, column)).toList();
  }

  @Override
  public final CodegenSupport parent() {
    return parent;
  }

  @Override
  public final void parent_$eq(CodegenSupport newParent) {
    parent = newParent;
  }

  /**
   * The loop in the text that is being generated.
   *
   * @param rows the name of a variable of {@link MatchedRows}
   * @param further what else must hold to go on to the next left row, with "&&", or nothing
   */
  final AsOfJoinCode code(CodegenContext context, String rows, String further) {
    return new AsOfJoinCode(
        probe(),
        context,
        rows,
        metric -> metricTerm(context, metric),
        values -> consume(context, ScalaCollections.seq(values), null),
        further,
        stop());
  }

  /**
   * A row that came out has to be picked up before the next one is made, unless rows are copied, or
   * an operator above takes them all before any comes out.
   */
  final String stop() {
    return parent.needStopCheck() && !needCopyResult() ? "if (shouldStop()) return;" : "";
  }

  @Override
  public final String simpleString(int maxFields) {
    return nodeName() + " " + text();
  }

  @Override
  public final String verboseStringWithOperatorId() {
    return "\n" + formattedNodeName() + "\n" + text() + "\n";
  }

  private String text() {
    return description() + ", without " + avoided();
  }

  /** What this form spares, for EXPLAIN. */
  abstract String avoided();

  String description() {
    return AsOfDescription.of(
        leftKeys,
        rightKeys,
        leftTime,
        rightTime,
        tieBreak,
        residual,
        rightOutput,
        matching,
        joinType);
  }
}
