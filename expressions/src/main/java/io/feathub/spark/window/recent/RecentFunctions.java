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
package io.feathub.spark.window.recent;

import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** The SQL functions of the most recent rows, and the check of where they stand. */
public final class RecentFunctions {
  private static final String ARGUMENTS =
      """

          Arguments:
            * x - %s
            * n - how many of the most recent rows are taken: a constant, at least 1. NULL, the
                default, takes all rows of the frame.
            * exclude - which rows are left out first: 'none', the default; 'current_row';
                'current_time', the peers of the current row but not itself; 'current_group', the
                current row and its peers.
        \
      """;

  private static final String NOTE =
      """

          Rows are taken in this order: those of the frame, without those that FILTER (WHERE ..)
          drops and those that `exclude` names, and of what is left the last n. The window needs an
          ORDER BY, and its frame must end at CURRENT ROW or before.
        \
      """;

  private RecentFunctions() {}

  /** Adds the functions to a session that is being built, and the check of where they stand. */
  public static void install(SparkSessionExtensions extensions) {
    inject(extensions, RecentKind.SUM, "the sum of x", "60", "a number or an interval");
    inject(extensions, RecentKind.AVG, "the mean of x", "30.0", "a number or an interval");
    inject(extensions, RecentKind.MIN, "the least x", "20", "a value that can be ordered");
    inject(extensions, RecentKind.MAX, "the greatest x", "40", "a value that can be ordered");
    inject(
        extensions,
        RecentKind.COUNT,
        "how many x are not null (recent_count(1) counts rows)",
        "2",
        "any value");
    inject(
        extensions,
        RecentKind.FIRST,
        "x of the earliest row, which may be null,",
        "20",
        "any value");
    inject(
        extensions, RecentKind.LAST, "x of the latest row, which may be null,", "40", "any value");
    inject(
        extensions,
        RecentKind.LIST,
        "an array of all x in the order of the window, nulls too,",
        "[20,40]",
        "any value");
    inject(
        extensions,
        RecentKind.VALUE_COUNTS,
        "a map from each x that is not null to how often it occurs",
        "{20:1,40:1}",
        "a value that can be the key of a map and be ordered");
    extensions.injectPostHocResolutionRule(session -> new CheckRecent());
  }

  /** Bad arguments are refused at once, while they still are what the user wrote. */
  private static Expression build(RecentKind kind, Seq<Expression> arguments) {
    List<Expression> given = ScalaCollections.list(arguments);
    if (given.isEmpty() || given.size() > 3) {
      throw RecentErrors.argumentCount(kind, given.size());
    }
    Expression limit = given.size() > 1 ? given.get(1) : Literal.create(null, DataTypes.NullType);
    Expression exclude =
        given.size() > 2
            ? given.get(2)
            : new Literal(UTF8String.fromString(Exclusion.NONE.sqlName()), DataTypes.StringType);
    RecentAggregate recent = new RecentAggregate(kind, given.get(0), limit, exclude);
    recent.limit();
    recent.exclusion();
    return recent;
  }

  private static void inject(
      SparkSessionExtensions extensions,
      RecentKind kind,
      String result,
      String resultOfExample,
      String inputDescription) {
    String name = kind.functionName();
    ExpressionInfo info =
        new ExpressionInfo(
            RecentAggregate.class.getName(),
            null,
            name,
            "_FUNC_(x [, n [, exclude]]) - Over a window: "
                + result
                + " in the n most recent rows of the frame, without those that `exclude` names.",
            ARGUMENTS.formatted(inputDescription),
            example(resultOfExample),
            NOTE,
            "window_funcs",
            "0.1.0",
            "",
            "java_udf");
    extensions.injectFunction(
        new Tuple3<>(new FunctionIdentifier(name), info, arguments -> build(kind, arguments)));
  }

  /** Of the last row of three, whose two latest are 20 and 40. */
  private static String example(String result) {
    return "\n    Examples:\n      > SELECT _FUNC_(x, 2) OVER (ORDER BY t) FROM VALUES (1, 10),"
        + " (2, 20), (3, 40) AS tab(t, x) ORDER BY t DESC LIMIT 1;\n       "
        + result
        + "\n  ";
  }
}
