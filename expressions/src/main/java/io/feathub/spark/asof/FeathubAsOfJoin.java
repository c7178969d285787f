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
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Each left row with the one right row of equal keys that is closest in time.
 *
 * <p>It exists from plan normalisation on, when analysis is over: {@link NormalizeAsOfJoin} makes
 * it from an ordinary join, {@link AsOfJoinStrategy} plans it. Keys and times are columns of the
 * inputs. A LEFT join gives every left row exactly once, an INNER join at most once.
 */
public final class FeathubAsOfJoin extends JavaBinaryNode {
  private final Seq<Attribute> leftKeys;
  private final Seq<Attribute> rightKeys;
  private final Attribute leftTime;
  private final Attribute rightTime;
  private final AsOfMatching matching;
  private final JoinType joinType;
  private final AsOfForm form;

  /** Public for Catalyst, which copies nodes by reflection. */
  public FeathubAsOfJoin(
      LogicalPlan left,
      LogicalPlan right,
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      AsOfMatching matching,
      JoinType joinType,
      AsOfForm form) {
    super(left, right);
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.matching = matching;
    this.joinType = joinType;
    this.form = form;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {
      left(), right(), leftKeys, rightKeys, leftTime, rightTime, matching, joinType, form
    };
  }

  @Override
  protected LogicalPlan withChildren(LogicalPlan newLeft, LogicalPlan newRight) {
    return new FeathubAsOfJoin(
        newLeft, newRight, leftKeys, rightKeys, leftTime, rightTime, matching, joinType, form);
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

  AsOfMatching matching() {
    return matching;
  }

  JoinType joinType() {
    return joinType;
  }

  AsOfForm form() {
    return form;
  }

  @Override
  public Seq<Attribute> output() {
    return output(left().output(), right().output(), joinType);
  }

  /** The left columns, then the right ones, which a LEFT join makes nullable. */
  static Seq<Attribute> output(Seq<Attribute> left, Seq<Attribute> right, JoinType joinType) {
    List<Attribute> output = new ArrayList<>(ScalaCollections.list(left));
    for (Attribute column : ScalaCollections.list(right)) {
      output.add(keepsUnmatched(joinType) ? column.withNullability(true) : column);
    }
    return ScalaCollections.seq(output);
  }

  static boolean keepsUnmatched(JoinType joinType) {
    return CatalystJoins.isLeftOuter(joinType);
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
    return new FeathubAsOfJoin(
        canonical.left(),
        canonical.right(),
        canonical.leftKeys,
        canonical.rightKeys,
        canonical.leftTime,
        canonical.rightTime,
        matching,
        joinType,
        AsOfForm.ANY);
  }

  @Override
  public String simpleString(int maxFields) {
    return "FeathubAsOfJoin "
        + AsOfDescription.of(leftKeys, rightKeys, leftTime, rightTime, matching, joinType);
  }
}
