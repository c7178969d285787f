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
package io.feathub.spark.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.optimizer.EliminateResolvedHint$;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.plans.logical.BROADCAST$;
import org.apache.spark.sql.catalyst.plans.logical.HintErrorHandler;
import org.apache.spark.sql.catalyst.plans.logical.HintInfo;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SHUFFLE_MERGE$;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;

/** What Spark keeps in singletons about joins and their hints. */
public final class CatalystJoins {
  private CatalystJoins() {}

  public static boolean isLeftOuter(JoinType type) {
    return type == LeftOuter$.MODULE$;
  }

  /** The inputs and the kind of Spark's own as-of join, as a join without a condition. */
  public static Join join(AsOfJoin asOf) {
    return new Join(asOf.left(), asOf.right(), asOf.joinType(), Option.empty(), JoinHint.NONE());
  }

  /**
   * Each row with the one row of another plan, which is broadcast: said to be a cross join, as
   * sessions may refuse those that are not.
   */
  public static Join withOneRow(LogicalPlan rows, LogicalPlan oneRow) {
    HintInfo broadcast = new HintInfo(Option.apply(BROADCAST$.MODULE$));
    return new Join(
        rows,
        oneRow,
        Cross$.MODULE$,
        Option.empty(),
        new JoinHint(Option.empty(), Option.apply(broadcast)));
  }

  public static boolean isInner(JoinType type) {
    return type == Inner$.MODULE$;
  }

  public static JoinType inner() {
    return Inner$.MODULE$;
  }

  public static boolean isLeftAnti(JoinType type) {
    return type == LeftAnti$.MODULE$;
  }

  /** Whether left rows without a match come out. */
  public static boolean keepsUnmatchedLeftRows(JoinType type) {
    return isLeftOuter(type) || isLeftAnti(type);
  }

  /** Whether right columns come out; of a semi and an anti join they do not. */
  public static boolean emitsRightColumns(JoinType type) {
    return !isLeftAnti(type) && type != LeftSemi$.MODULE$;
  }

  /**
   * The hint that holds for a join's right side. Of several the outermost wins; those that it
   * overrides, and hints for the left side, are reported as Spark reports hints it cannot use.
   */
  public static Optional<HintInfo> rightHint(Join join, String whyNotLeft) {
    HintErrorHandler handler = SQLConf.get().hintErrorHandler();
    merged(join.hint().leftHint(), join.left(), handler)
        .ifPresent(hint -> handler.joinHintNotSupported(hint, whyNotLeft));
    return merged(join.hint().rightHint(), join.right(), handler);
  }

  private static Optional<HintInfo> merged(
      Option<HintInfo> ofJoin, LogicalPlan input, HintErrorHandler handler) {
    List<HintInfo> hints = new ArrayList<>();
    OptionConverters.toJava(ofJoin).ifPresent(hints::add);
    hints.addAll(
        ScalaCollections.list(EliminateResolvedHint$.MODULE$.extractHintsFromPlan(input)._2()));
    return hints.stream().reduce((outer, inner) -> outer.merge(inner, handler));
  }

  /** An input of a join without the hints that were meant for the join. */
  public static LogicalPlan withoutHints(LogicalPlan input) {
    return EliminateResolvedHint$.MODULE$.extractHintsFromPlan(input)._1();
  }

  /** Whether a hint names a way to join at all. */
  public static boolean namesStrategy(HintInfo hint) {
    return hint.strategy().isDefined();
  }

  public static boolean asksForMerge(HintInfo hint) {
    return namesStrategy(hint) && hint.strategy().get() == SHUFFLE_MERGE$.MODULE$;
  }

  public static boolean asksForBroadcast(HintInfo hint) {
    return namesStrategy(hint) && hint.strategy().get() == BROADCAST$.MODULE$;
  }
}
