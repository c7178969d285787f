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

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.physical.AllTuples$;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.UnspecifiedDistribution$;
import scala.Option;

/** Where an operator wants its input rows to be. */
public final class Distributions {
  private Distributions() {}

  public static Distribution anywhere() {
    return UnspecifiedDistribution$.MODULE$;
  }

  /** All rows in one partition. */
  public static Distribution oneTask() {
    return AllTuples$.MODULE$;
  }

  /** Rows with equal values in one partition. */
  public static Distribution clustered(List<? extends Expression> expressions) {
    return new ClusteredDistribution(
        ScalaCollections.<Expression>seq(expressions), false, Option.empty());
  }
}
