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
import io.feathub.spark.interop.SqlMetrics;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Seq;

/**
 * What the physical forms of the as-of join have in common: columns, keys, times, metrics. Both
 * stream the left rows in their own order past an index of the right ones, so both keep the left
 * side's partitioning and ordering, for INNER joins as for LEFT.
 */
public abstract class AsOfJoinExec extends JavaBinaryExec {
  private final Seq<Attribute> leftKeys;
  private final Seq<Attribute> rightKeys;
  private final Attribute leftTime;
  private final Attribute rightTime;
  private final AsOfMatching matching;
  private final JoinType joinType;
  private transient scala.collection.immutable.Map<String, SQLMetric> metrics;

  AsOfJoinExec(
      SparkPlan left,
      SparkPlan right,
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      AsOfMatching matching,
      JoinType joinType) {
    super(left, right);
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.matching = matching;
    this.joinType = joinType;
  }

  @Override
  protected final Object[] arguments() {
    return new Object[] {
      left(), right(), leftKeys, rightKeys, leftTime, rightTime, matching, joinType
    };
  }

  @Override
  public final Seq<Attribute> output() {
    return FeathubAsOfJoin.output(left().output(), right().output(), joinType);
  }

  @Override
  public final Partitioning outputPartitioning() {
    return left().outputPartitioning();
  }

  @Override
  public final Seq<SortOrder> outputOrdering() {
    return left().outputOrdering();
  }

  @Override
  public final scala.collection.immutable.Map<String, SQLMetric> metrics() {
    if (metrics == null) {
      metrics =
          ScalaCollections.map(
              Map.of(
                  "numOutputRows",
                  SqlMetrics.count(sparkContext(), "number of output rows"),
                  "matched",
                  SqlMetrics.count(sparkContext(), "left rows with a match"),
                  "unmatched",
                  SqlMetrics.count(sparkContext(), "left rows without a match"),
                  "ties",
                  SqlMetrics.count(sparkContext(), "right rows dropped as ties"),
                  "indexSize",
                  SqlMetrics.size(sparkContext(), "size of the right side's index")));
    }
    return metrics;
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

  final AsOfMatching matching() {
    return matching;
  }

  final JoinType joinType() {
    return joinType;
  }

  final RightSide rightSide() {
    return RightSide.of(right().output(), rightKeys, rightTime);
  }

  /** The work of one task, free of the plan. */
  final AsOfProbe probe() {
    List<Attribute> leftColumns = ScalaCollections.list(left().output());
    return new AsOfProbe(
        leftKeys,
        left().output(),
        TimeColumn.of(RightSide.ordinal(leftColumns, leftTime), leftTime.dataType()),
        rightSide().types(),
        matching,
        FeathubAsOfJoin.keepsUnmatched(joinType),
        longMetric("numOutputRows"),
        longMetric("matched"),
        longMetric("unmatched"));
  }

  @Override
  public final String simpleString(int maxFields) {
    return nodeName() + " " + description();
  }

  @Override
  public final String verboseStringWithOperatorId() {
    return "\n" + formattedNodeName() + "\n" + description() + "\n";
  }

  private String description() {
    return AsOfDescription.of(leftKeys, rightKeys, leftTime, rightTime, matching, joinType);
  }
}
