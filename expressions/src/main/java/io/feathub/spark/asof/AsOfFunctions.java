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

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** The SQL functions that make as-of predicates. */
final class AsOfFunctions {
  static final String AS_OF = "asof";
  static final String AS_OF_NEAREST = "asof_nearest";

  private AsOfFunctions() {}

  static void install(SparkSessionExtensions extensions) {
    inject(
        extensions,
        AS_OF,
        "_FUNC_(left_time >= right_time) - In the ON clause of an INNER or LEFT join with equality"
            + " keys: the right row of the greatest time at or before the left row's. >, <= and <"
            + " look strictly before, at or after, and strictly after.",
        AsOfFunctions::asOf);
    inject(
        extensions,
        AS_OF_NEAREST,
        "_FUNC_(left_time, right_time) - Reserved: the nearest right row on either side.",
        arguments -> {
          throw AsOfErrors.nearestNotSupported();
        });
  }

  private static Expression asOf(Seq<Expression> arguments) {
    if (arguments.isEmpty()) {
      throw AsOfErrors.comparisonExpected("nothing");
    }
    if (arguments.length() == 2) {
      throw AsOfErrors.toleranceNotSupported();
    }
    if (arguments.length() > 2) {
      throw AsOfErrors.tieBreakNotSupported();
    }
    return new AsOfPredicate(arguments.head());
  }

  private static void inject(
      SparkSessionExtensions extensions,
      String name,
      String usage,
      Function1<Seq<Expression>, Expression> builder) {
    ExpressionInfo info =
        new ExpressionInfo(
            AsOfPredicate.class.getName(),
            null,
            name,
            usage,
            "",
            "\n    Examples:\n      > SELECT p.*, r.price FROM purchases p LEFT JOIN prices r ON"
                + " p.item_id = r.item_id AND asof(p.ts >= r.ts);\n  ",
            "",
            "predicate_funcs",
            "0.1.0",
            "",
            "java_udf");
    extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(name), info, builder));
  }
}
