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
import org.apache.spark.sql.catalyst.analysis.NaturalAndUsingJoinResolution$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Project$;
import org.apache.spark.sql.catalyst.util.package$;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** Joins by USING as Spark resolves them, but with a further condition, which Spark would drop. */
public final class UsingJoins {
  private UsingJoins() {}

  /**
   * The join on columns of these names, each of which comes out once; the right one can still be
   * named by its table.
   *
   * @param join of inputs that are resolved
   * @param condition beside the equality of the columns
   */
  public static LogicalPlan resolved(Join join, List<String> names, Expression condition) {
    Tuple3<Seq<NamedExpression>, Seq<Attribute>, Option<Expression>> parts =
        NaturalAndUsingJoinResolution$.MODULE$.computeJoinOutputsAndNewCondition(
            join.left(),
            join.left().output(),
            join.right(),
            join.right().output(),
            join.joinType(),
            ScalaCollections.seq(names),
            Option.apply(condition),
            SQLConf.get().resolver());
    Join resolved = new Join(join.left(), join.right(), join.joinType(), parts._3(), join.hint());
    Project project = new Project(parts._1(), resolved);
    List<Attribute> hidden = new ArrayList<>();
    for (Attribute column : ScalaCollections.list(parts._2())) {
      hidden.add(package$.MODULE$.MetadataColumnHelper(column).markAsQualifiedAccessOnly());
    }
    for (Attribute column : ScalaCollections.list(resolved.metadataOutput())) {
      if (package$.MODULE$.MetadataColumnHelper(column).qualifiedAccessOnly()) {
        hidden.add(column);
      }
    }
    project.setTagValue(Project$.MODULE$.hiddenOutputTag(), ScalaCollections.seq(hidden));
    return project;
  }
}
