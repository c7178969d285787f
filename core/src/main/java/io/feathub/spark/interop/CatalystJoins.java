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
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.BROADCAST$;
import org.apache.spark.sql.catalyst.plans.logical.HintErrorHandler;
import org.apache.spark.sql.catalyst.plans.logical.HintInfo;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;

/** What Spark keeps in singletons about joins and their hints. */
public final class CatalystJoins {
  private CatalystJoins() {}

  public static boolean isLeftOuter(JoinType type) {
    return type == LeftOuter$.MODULE$;
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

  public static boolean asksForBroadcast(HintInfo hint) {
    return namesStrategy(hint) && hint.strategy().get() == BROADCAST$.MODULE$;
  }
}
