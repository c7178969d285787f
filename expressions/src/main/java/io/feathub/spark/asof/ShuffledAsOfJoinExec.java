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
import io.feathub.spark.interop.ScalaCollections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.collections4.iterators.IteratorChain;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.CodegenSupport;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * The as-of join for a right side of any size: both sides are hashed on the keys, and each task
 * indexes its part of the right rows before it streams its left rows, which are not sorted.
 *
 * <p>Cost: one exchange per side (none where a side is laid out by the keys already), then linear
 * in the right rows to sort them by radix, and a hash look-up and a short search per left row.
 * Memory: the right rows of one partition, accounted with Spark's memory manager. When that is not
 * to be had, or if asked for, the task sorts both sides by radix, spilling, and merges them with
 * the memory of a thousandth of the keys. Sides that come by keys and time are merged as they are,
 * unless they are asked to be hashed.
 */
public final class ShuffledAsOfJoinExec extends AsOfJoinExec {
  private final AsOfForm form;
  private final boolean split;
  private final int timeRanges;

  /**
   * Public for Catalyst, which copies nodes by reflection.
   *
   * @param form that is asked for, never broadcast
   * @param split whether left rows of one key may be in several tasks, see {@link
   *     SplitSkewedAsOfJoins}
   * @param timeRanges how many ranges of time the only key numbers, see {@link
   *     RangeKeylessAsOfJoins}; 0 if the keys are those of the query
   */
  public ShuffledAsOfJoinExec(
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
      JoinType joinType,
      AsOfForm form,
      boolean split,
      int timeRanges) {
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
    this.form = form;
    this.split = split;
    this.timeRanges = timeRanges;
  }

  @Override
  protected Object[] arguments() {
    return with(with(with(super.arguments(), form), split), timeRanges);
  }

  boolean isSplit() {
    return split;
  }

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return copy(newLeft, newRight, split);
  }

  /** Over inputs of which each task's right side has all right rows of its left rows' keys. */
  ShuffledAsOfJoinExec split(SparkPlan newLeft, SparkPlan newRight) {
    return copy(newLeft, newRight, true);
  }

  private ShuffledAsOfJoinExec copy(SparkPlan newLeft, SparkPlan newRight, boolean newSplit) {
    return new ShuffledAsOfJoinExec(
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
        joinType(),
        form,
        newSplit,
        timeRanges);
  }

  @Override
  public String nodeName() {
    String name = merges() ? "MergedAsOfJoin" : "HashedAsOfJoin";
    if (keyOrder().isPresent()) {
      name = "KeyOrderedAsOfJoin";
    }
    return split ? name + "(skew=true)" : name;
  }

  /** Without keys all rows meet in one task. */
  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return split
        ? ScalaCollections.seq(Distributions.anywhere(), Distributions.anywhere())
        : ScalaCollections.seq(distribution(leftKeys()), distribution(rightKeys()));
  }

  private static Distribution distribution(Seq<Attribute> keys) {
    List<Attribute> columns = ScalaCollections.list(keys);
    return columns.isEmpty() ? Distributions.oneTask() : Distributions.clustered(columns);
  }

  @Override
  String description() {
    return super.description()
        + (leftKeys().isEmpty() ? ", in one task" : AsOfDescription.ofTimeRanges(timeRanges));
  }

  @Override
  String avoided() {
    if (keyOrder().isPresent()) {
      return "a sort or an index";
    }
    return merges() ? "a sort by keys" : "a sort";
  }

  @Override
  Set<AsOfMetrics.OfSome> metricsOfForm() {
    Set<AsOfMetrics.OfSome> told = EnumSet.noneOf(AsOfMetrics.OfSome.class);
    if (keyOrder().isPresent()) {
      return told;
    }
    told.add(AsOfMetrics.OfSome.SPILL_SIZE);
    told.add(AsOfMetrics.OfSome.BLOCKS);
    if (canMerge()) {
      told.add(AsOfMetrics.OfSome.MERGED);
    }
    // What ranges spare in pairs says nothing of pairs of the query's own.
    if (!merges() && timeRanges == 0) {
      told.add(AsOfMetrics.OfSome.PAIRS_AVOIDED);
    }
    return told;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return left().execute().toJavaRDD().zipPartitions(rightRows(), partitionJoin()::join).rdd();
  }

  private PartitionAsOfJoin partitionJoin() {
    return new PartitionAsOfJoin(
        probe(),
        rightSide(),
        keyOrder().orElse(null),
        canMerge(),
        merges(),
        SQLConf.get().enableRadixSort());
  }

  /**
   * Not in one loop with what is below it: rows of both sides are asked for as the join sees fit.
   * So not over an operator that is part of a loop itself, like another such join without an
   * exchange between the two.
   */
  @Override
  public boolean supportCodegen() {
    return isApart(left()) && isApart(right());
  }

  private static boolean isApart(SparkPlan child) {
    return child instanceof InputAdapter
        || !(child instanceof CodegenSupport generated && generated.supportCodegen());
  }

  /** Each partition has one element, which only {@link #doProduce} takes for what it is. */
  @Override
  @SuppressWarnings("unchecked")
  public Seq<RDD<InternalRow>> inputRDDs() {
    RDD<MatchedRows> rows =
        left().execute().toJavaRDD().zipPartitions(rightRows(), partitionJoin()::matchedRows).rdd();
    return ScalaCollections.seq((RDD<InternalRow>) (RDD<?>) rows);
  }

  @Override
  public boolean needCopyResult() {
    return false;
  }

  @Override
  public String doProduce(CodegenContext context) {
    // Spark would take the node's name, which may have brackets.
    context.freshNamePrefix_$eq("shuffledasofjoin");
    String type = MatchedRows.class.getName();
    String rows = context.addMutableState(type, "rows", name -> "", true, true);
    String input =
        context.addMutableState(
            "scala.collection.Iterator", "input", name -> name + " = inputs[0];", true, true);
    // Not before it is asked for: below a union the input may be another operator's.
    String first = "if (" + rows + " == null) " + rows + " = (" + type + ") " + input + ".next();";
    String unlimited =
        ScalaCollections.list(parent().limitNotReachedChecks()).stream()
            .map(check -> check + " && ")
            .collect(Collectors.joining());
    return first + "\n" + code(context, rows, unlimited).call();
  }

  private JavaRDD<InternalRow> rightRows() {
    JavaRDD<InternalRow> rows = right().execute().toJavaRDD();
    if (timeRanges == 0) {
      return rows;
    }
    List<InternalRow> carried = CarriedRows.of(rows, rightSide(), matching(), timeRanges);
    Broadcast<List<InternalRow>> everywhere =
        JavaSparkContext.fromSparkContext(sparkContext()).broadcast(carried);
    return rows.mapPartitions(
        partition -> new IteratorChain<>(partition, everywhere.value().iterator()));
  }

  /** The order of keys in which both sides come, where the join makes use of it. */
  private Optional<KeyOrder> keyOrder() {
    return form == AsOfForm.HASHED
            || residual().isDefined()
            || !TimeColumn.supports(leftTime().dataType())
        ? Optional.empty()
        : KeyOrder.of(
            new KeyOrder.Side(left().outputOrdering(), leftKeys(), leftTime()),
            new KeyOrder.Side(right().outputOrdering(), rightKeys(), rightTime()));
  }

  /** Whether tasks sort and merge both sides without trying to index the right one. */
  private boolean merges() {
    return form == AsOfForm.MERGED && isMergeable() && keyOrder().isEmpty();
  }

  /** Not for times that have to be ranked, the nearest row and conditions on pairs. */
  private boolean isMergeable() {
    return TimeColumn.supports(leftTime().dataType())
        && residual().isEmpty()
        && matching().direction() != AsOfMatching.Direction.NEAREST;
  }

  /** Whether a task may sort and merge both sides: not where the left rows' order is promised. */
  private boolean canMerge() {
    return isMergeable() && outputOrdering().isEmpty();
  }

  /** Merging gives rows in an order of its own. */
  @Override
  public Seq<SortOrder> outputOrdering() {
    return merges() ? ScalaCollections.seq() : super.outputOrdering();
  }
}
