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

import io.feathub.spark.interop.Distributions;
import io.feathub.spark.interop.GeneratedCode;
import io.feathub.spark.interop.ScalaCollections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.CodegenSupport;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * The as-of join for a small right side: its index is built once, on the driver, and sent to every
 * executor; the left rows stay where they are and in their order, so nothing of the left side is
 * shuffled or sorted, here or by an operator above that wants that order.
 *
 * <p>Cost: one pass over the left rows, each a hash look-up and a short search among the times of
 * its key. Memory: the index, once per executor. Not for a right side that outgrows the driver or
 * an executor; {@link ShuffledAsOfJoinExec} spreads it.
 */
public final class BroadcastAsOfJoinExec extends AsOfJoinExec {
  /** Of texts that are being generated: of one plan maybe several at once, by several threads. */
  private final transient Map<CodegenContext, Feed> feeds = new ConcurrentHashMap<>();

  private transient volatile AsOfMetrics.SharedIndex told;

  /** Public for Catalyst, which copies nodes by reflection. */
  public BroadcastAsOfJoinExec(
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
    super(
        left,
        right,
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

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return new BroadcastAsOfJoinExec(
        newLeft,
        newRight,
        leftKeys(),
        rightKeys(),
        leftTime(),
        rightTime(),
        tieBreak(),
        residual(),
        rightOutput(),
        matching(),
        joinType());
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return ScalaCollections.seq(
        Distributions.anywhere(), new BroadcastDistribution(new AsOfBroadcastMode(rightSide())));
  }

  @Override
  public RDD<InternalRow> doExecute() {
    BroadcastProbe lookup = lookup();
    return left()
        .execute()
        .toJavaRDD()
        .mapPartitions(rows -> lookup.probe().join(lookup.probe().lookUp(rows, lookup.index())))
        .rdd();
  }

  @Override
  String avoided() {
    return "a shuffle or a sort of left rows";
  }

  @Override
  Set<AsOfMetrics.OfSome> metricsOfForm() {
    return EnumSet.of(AsOfMetrics.OfSome.PAIRS_AVOIDED);
  }

  private BroadcastProbe lookup() {
    BroadcastProbe lookup = new BroadcastProbe(right().executeBroadcast(), probe());
    told = new AsOfMetrics.SharedIndex(lookup.index().tiedRows(), lookup.index().sizeInBytes());
    asOfMetrics().tell(sparkContext(), told);
    return lookup;
  }

  /** A plan that runs once more runs tasks only: what the driver has told it tells again. */
  @Override
  public void resetMetrics() {
    super.resetMetrics();
    if (told != null) {
      asOfMetrics().tell(sparkContext(), told);
    }
  }

  @Override
  public Seq<RDD<InternalRow>> inputRDDs() {
    return ((CodegenSupport) left()).inputRDDs();
  }

  /** One row out for one in at most; {@link #stop} lets them out of a group one by one. */
  @Override
  public boolean needCopyResult() {
    return ((CodegenSupport) left()).needCopyResult();
  }

  /** None: the left row is wanted as a whole. */
  @Override
  public AttributeSet usedInputs() {
    return GeneratedCode.noColumns();
  }

  /**
   * Goes on with what is left of the last group, then with more left rows, and in the end takes the
   * group that did not get full.
   */
  @Override
  public String doProduce(CodegenContext context) {
    String lookup = context.addReferenceObj("lookup", lookup(), BroadcastProbe.class.getName());
    String group =
        context.addMutableState(
            LookUpGroup.class.getName(),
            "group",
            name -> name + " = " + lookup + ".group();",
            true,
            true);
    // No limit above is asked: a group that is left full has no room for the next row.
    String join = code(context, group, "").call();
    String groups = feed(context, new Feed(group, join));
    String last = String.join("\n", groups, stop(), join);
    return stop().isEmpty() ? last : String.join("\n", join, stop(), last);
  }

  /** The text that gives left rows to a group. */
  private String feed(CodegenContext context, Feed feed) {
    feeds.put(context, feed);
    try {
      return ((CodegenSupport) left()).produce(context, this);
    } finally {
      feeds.remove(context);
    }
  }

  @Override
  public String doConsume(CodegenContext context, Seq<ExprCode> leftValues, ExprCode row) {
    return feeds.get(context).add(row);
  }

  /** Gives a left row to a group, and joins the group when it is full. */
  private record Feed(String group, String join) {

    String add(ExprCode row) {
      return String.join(
          "\n",
          row.code().toString(),
          group + ".add((UnsafeRow) " + row.value() + ");",
          "if (" + group + ".isFull()) {",
          join,
          "}");
    }
  }
}
