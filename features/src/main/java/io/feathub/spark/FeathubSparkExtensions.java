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
package io.feathub.spark;

import io.feathub.spark.interop.ScalaCollections;
import org.apache.spark.SparkBuildInfo;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Installs FeatHub in a Spark session: {@code
 * spark.sql.extensions=io.feathub.spark.FeathubSparkExtensions}.
 *
 * <p>Built for one minor version of Spark. On another, the session fails to start with {@code
 * FEATHUB_SPARK_VERSION} rather than later with a linkage error.
 */
public final class FeathubSparkExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SparkVersion.require(SparkBuildInfo.spark_version());
    FeathubExpressions.install(extensions);
    extensions.injectPlannerStrategy(session -> new Installed());
    return BoxedUnit.UNIT;
  }

  /** Whether a session was started with this extension. */
  public static boolean installedIn(SparkSession session) {
    return session instanceof org.apache.spark.sql.classic.SparkSession classic
        && ScalaCollections.list(classic.sessionState().planner().strategies()).stream()
            .anyMatch(Installed.class::isInstance);
  }

  /** Plans nothing: it is found in sessions that have the extension. */
  private static final class Installed extends SparkStrategy {
    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
      return ScalaCollections.seq();
    }
  }
}
