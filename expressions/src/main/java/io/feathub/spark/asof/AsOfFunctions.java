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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.StringType;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** The SQL functions that make as-of predicates. */
final class AsOfFunctions {
  static final String AS_OF = "asof";
  static final String AS_OF_NEAREST = "asof_nearest";
  static final String AS_OF_USING = "asof_using";

  private static final String OPTIONAL_ARGUMENTS =
      " `tolerance` is a constant: an interval for times, a number for numbers; NULL is none. Of"
          + " right rows of one time the one with the greatest `tie_break` wins.";

  private AsOfFunctions() {}

  static void install(SparkSessionExtensions extensions) {
    inject(
        extensions,
        AS_OF,
        "_FUNC_(left_time >= right_time [, tolerance [, tie_break]]) - In the ON clause of a join:"
            + " of the right rows that satisfy the rest of the clause the one with the greatest"
            + " time at or before the left row's. >, <= and < look strictly before, at or after,"
            + " and strictly after."
            + OPTIONAL_ARGUMENTS,
        "p.item_id = r.item_id AND asof(p.ts >= r.ts, INTERVAL 7 DAYS)",
        AsOfFunctions::asOf);
    inject(
        extensions,
        AS_OF_NEAREST,
        "_FUNC_(left_time, right_time [, tolerance [, tie_break]]) - In the ON clause of a join: of"
            + " the right rows that satisfy the rest of the clause the one that is closest in time,"
            + " before or after; of two that are equally close the earlier one."
            + OPTIONAL_ARGUMENTS,
        "p.item_id = r.item_id AND asof_nearest(p.ts, r.ts, INTERVAL 1 HOUR)",
        AsOfFunctions::nearest);
    inject(
        extensions,
        AS_OF_USING,
        "_FUNC_(name, ..) - Beside asof() in the ON clause of a join: joins by USING these columns."
            + " ASOF JOIN .. USING is stored so in views; not meant to be written by hand.",
        "asof(p.ts >= r.ts) AND asof_using('item_id')",
        AsOfFunctions::using);
  }

  /** Whether a session knows these functions. */
  static boolean installedIn(SparkSession session) {
    return session instanceof org.apache.spark.sql.classic.SparkSession classic
        && ScalaCollections.list(classic.sessionState().planner().strategies()).stream()
            .anyMatch(AsOfJoinStrategy.class::isInstance);
  }

  private static Expression using(Seq<Expression> arguments) {
    List<String> names = new ArrayList<>();
    for (Expression argument : ScalaCollections.list(arguments)) {
      if (!(argument instanceof Literal name) || !(name.dataType() instanceof StringType)) {
        throw AsOfErrors.misplaced(AS_OF_USING + "(" + argument.sql() + ")");
      }
      names.add(name.value().toString());
    }
    return new AsOfUsing(ScalaCollections.seq(names));
  }

  private static Expression asOf(Seq<Expression> arguments) {
    List<Expression> given = ScalaCollections.list(arguments);
    if (given.isEmpty() || given.size() > 3) {
      throw AsOfErrors.argumentCount(AS_OF, "1 to 3", given.size());
    }
    return new AsOfPredicate(given.get(0), argument(given, 1), argument(given, 2), false);
  }

  private static Expression nearest(Seq<Expression> arguments) {
    List<Expression> given = ScalaCollections.list(arguments);
    if (given.size() < 2 || given.size() > 4) {
      throw AsOfErrors.argumentCount(AS_OF_NEAREST, "2 to 4", given.size());
    }
    return new AsOfPredicate(
        new GreaterThanOrEqual(given.get(0), given.get(1)),
        argument(given, 2),
        argument(given, 3),
        true);
  }

  private static Option<Expression> argument(List<Expression> given, int position) {
    return position < given.size() ? Option.apply(given.get(position)) : Option.empty();
  }

  private static void inject(
      SparkSessionExtensions extensions,
      String name,
      String usage,
      String exampleCondition,
      Function1<Seq<Expression>, Expression> builder) {
    ExpressionInfo info =
        new ExpressionInfo(
            AsOfPredicate.class.getName(),
            null,
            name,
            usage,
            "",
            "\n    Examples:\n      > SELECT p.*, r.price FROM purchases p LEFT JOIN prices r ON "
                + exampleCondition
                + ";\n  ",
            "",
            "predicate_funcs",
            "0.1.0",
            "",
            "java_udf");
    extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(name), info, builder));
  }
}
