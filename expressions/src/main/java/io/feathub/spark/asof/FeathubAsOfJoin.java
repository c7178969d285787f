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

import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.JavaBinaryNode;
import io.feathub.spark.interop.PlanSizes;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Each left row with the one right row of equal keys that is closest in time.
 *
 * <p>It exists from plan normalisation on, when analysis is over: {@link NormalizeAsOfJoin} makes
 * it from an ordinary join, {@link AsOfJoinStrategy} plans it. Keys, times and the tie-break are
 * columns of the inputs. A LEFT join gives every left row exactly once, an INNER join at most once;
 * a LEFT SEMI join the left rows with a match, a LEFT ANTI join those without.
 */
public final class FeathubAsOfJoin extends JavaBinaryNode {
  private final Seq<Attribute> leftKeys;
  private final Seq<Attribute> rightKeys;
  private final Attribute leftTime;
  private final Attribute rightTime;
  private final Option<Attribute> tieBreak;
  private final Option<Expression> residual;
  private final Seq<Attribute> rightOutput;
  private final InferredFilters inferred;
  private final AsOfMatching matching;
  private final JoinType joinType;
  private final AsOfForm form;
  private final int timeRanges;

  /**
   * Public for Catalyst, which copies nodes by reflection.
   *
   * @param tieBreak of right rows of one time the one where it is greatest wins
   * @param residual what a pair of rows must satisfy, too
   * @param rightOutput the right columns that come out
   * @param inferred the filters of the right side that follow from what is known of the left
   * @param timeRanges how many ranges of time the only key numbers, see {@link
   *     RangeKeylessAsOfJoins}; 0 if the keys are those of the query
   */
  public FeathubAsOfJoin(
      LogicalPlan left,
      LogicalPlan right,
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      Option<Attribute> tieBreak,
      Option<Expression> residual,
      Seq<Attribute> rightOutput,
      InferredFilters inferred,
      AsOfMatching matching,
      JoinType joinType,
      AsOfForm form,
      int timeRanges) {
    super(left, right);
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.tieBreak = tieBreak;
    this.residual = residual;
    this.rightOutput = rightOutput;
    this.inferred = inferred;
    this.matching = matching;
    this.joinType = joinType;
    this.form = form;
    this.timeRanges = timeRanges;
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
      inferred,
      matching,
      joinType,
      form,
      timeRanges
    };
  }

  @Override
  protected LogicalPlan withChildren(LogicalPlan newLeft, LogicalPlan newRight) {
    return copy(newLeft, newRight, rightOutput, inferred, form);
  }

  FeathubAsOfJoin withLeft(LogicalPlan newLeft) {
    return copy(newLeft, right(), rightOutput, inferred, form);
  }

  /** Without the left rows that have no match. */
  FeathubAsOfJoin asInner() {
    return copy(left(), right(), rightOutput, inferred, form, CatalystJoins.inner());
  }

  FeathubAsOfJoin withRightOutput(Seq<Attribute> columns) {
    return copy(left(), right(), columns, inferred, form);
  }

  /**
   * With its right side filtered.
   *
   * @param filters those below the join, all of them
   */
  FeathubAsOfJoin withRightFilters(LogicalPlan filteredRight, InferredFilters filters) {
    return copy(left(), filteredRight, rightOutput, filters, form);
  }

  private FeathubAsOfJoin copy(
      LogicalPlan newLeft,
      LogicalPlan newRight,
      Seq<Attribute> newOutput,
      InferredFilters newFilters,
      AsOfForm newForm) {
    return copy(newLeft, newRight, newOutput, newFilters, newForm, joinType);
  }

  private FeathubAsOfJoin copy(
      LogicalPlan newLeft,
      LogicalPlan newRight,
      Seq<Attribute> newOutput,
      InferredFilters newFilters,
      AsOfForm newForm,
      JoinType newType) {
    return new FeathubAsOfJoin(
        newLeft,
        newRight,
        leftKeys,
        rightKeys,
        leftTime,
        rightTime,
        tieBreak,
        residual,
        newOutput,
        newFilters,
        matching,
        newType,
        newForm,
        timeRanges);
  }

  /** The same without keys of the query, over inputs whose rows have the number of their range. */
  FeathubAsOfJoin inTimeRanges(
      LogicalPlan newLeft,
      LogicalPlan newRight,
      Attribute leftRange,
      Attribute rightRange,
      int ranges) {
    return new FeathubAsOfJoin(
        newLeft,
        newRight,
        ScalaCollections.seq(leftRange),
        ScalaCollections.seq(rightRange),
        leftTime,
        rightTime,
        tieBreak,
        residual,
        rightOutput,
        inferred,
        matching,
        joinType,
        form,
        ranges);
  }

  Seq<Attribute> leftKeys() {
    return leftKeys;
  }

  Seq<Attribute> rightKeys() {
    return rightKeys;
  }

  Attribute leftTime() {
    return leftTime;
  }

  Attribute rightTime() {
    return rightTime;
  }

  Option<Attribute> tieBreak() {
    return tieBreak;
  }

  Option<Expression> residual() {
    return residual;
  }

  Seq<Attribute> rightOutput() {
    return rightOutput;
  }

  InferredFilters inferred() {
    return inferred;
  }

  AsOfMatching matching() {
    return matching;
  }

  JoinType joinType() {
    return joinType;
  }

  AsOfForm form() {
    return form;
  }

  int timeRanges() {
    return timeRanges;
  }

  @Override
  public Seq<Attribute> output() {
    return output(left().output(), rightOutput, joinType);
  }

  /** The left columns, then the right ones, which a LEFT join makes nullable. */
  static Seq<Attribute> output(Seq<Attribute> left, Seq<Attribute> right, JoinType joinType) {
    List<Attribute> output = new ArrayList<>(ScalaCollections.list(left));
    for (Attribute column : ScalaCollections.list(right)) {
      output.add(CatalystJoins.isLeftOuter(joinType) ? column.withNullability(true) : column);
    }
    return ScalaCollections.seq(output);
  }

  /** What holds for the left rows: nothing else comes out. */
  @Override
  public ExpressionSet validConstraints() {
    return left().constraints();
  }

  /** No left row comes out twice. */
  @Override
  public Option<Object> maxRows() {
    return left().maxRows();
  }

  /** As many rows as the left side, each wider; without this Spark would multiply the two sizes. */
  @Override
  public Statistics stats() {
    return PlanSizes.sameRows(left(), output());
  }

  /** How a join should run does not change what it gives: a cached result serves all forms. */
  @Override
  public LogicalPlan doCanonicalize() {
    FeathubAsOfJoin canonical = (FeathubAsOfJoin) super.doCanonicalize();
    return canonical.copy(
        canonical.left(),
        canonical.right(),
        canonical.rightOutput,
        InferredFilters.NONE,
        AsOfForm.ANY);
  }

  @Override
  public String simpleString(int maxFields) {
    return "FeathubAsOfJoin "
        + AsOfDescription.of(
            leftKeys,
            rightKeys,
            leftTime,
            rightTime,
            tieBreak,
            residual,
            rightOutput,
            matching,
            joinType)
        + AsOfDescription.ofTimeRanges(timeRanges);
  }
}
