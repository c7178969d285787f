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

import io.feathub.spark.FeathubConf;
import io.feathub.spark.asof.sql.AsOfJoinParser;
import org.apache.spark.sql.SparkSessionExtensions;

/** Installs the as-of join: its functions, the rules that move it through a plan, its operators. */
public final class AsOfExtension {
  private AsOfExtension() {}

  /** Adds the as-of join to a session that is being built. */
  public static void install(SparkSessionExtensions extensions) {
    FeathubConf.register();
    AsOfFunctions.install(extensions);
    extensions.injectParser((session, parser) -> new AsOfJoinParser(parser));
    extensions.injectResolutionRule(session -> new ResolveAsOfUsing());
    extensions.injectCheckRule(session -> new CheckAsOf());
    extensions.injectPlanNormalizationRule(session -> new NormalizeAsOfJoin());
    extensions.injectOptimizerRule(session -> new PruneAsOfColumns());
    extensions.injectOptimizerRule(session -> new FilterMatches());
    extensions.injectOptimizerRule(session -> new PushThroughAsOfJoin());
    extensions.injectOptimizerRule(session -> new InferAsOfFilters());
    extensions.injectPreCBORule(session -> new ExpandAsOfJoin());
    extensions.injectPreCBORule(session -> new ShareAsOfKeys());
    extensions.injectPreCBORule(session -> new RangeKeylessAsOfJoins());
    extensions.injectQueryStageOptimizerRule(session -> new SplitSkewedAsOfJoins());
    extensions.injectPlannerStrategy(session -> new AsOfJoinStrategy());
  }
}
