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
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.RewriteCollationJoin$;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BindReferences$;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Makes Catalyst's expressions as Scala's default arguments and singletons would. */
public final class CatalystExpressions {
  private CatalystExpressions() {}

  /** A new column of this name. */
  public static Alias alias(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression$.MODULE$.newExprId(),
        ScalaCollections.seq(),
        Option.empty(),
        ScalaCollections.seq());
  }

  /** Ascending, nulls first. */
  public static SortOrder ascending(Expression expression) {
    return order(expression, Ascending$.MODULE$);
  }

  /** Descending, nulls last. */
  public static SortOrder descending(Expression expression) {
    return order(expression, Descending$.MODULE$);
  }

  /** The order of rows by one of their columns; nulls come first. */
  public static BaseOrdering orderingBy(int ordinal, DataType type, boolean descending) {
    SortDirection direction = descending ? Descending$.MODULE$ : Ascending$.MODULE$;
    SortOrder order =
        new SortOrder(
            new BoundReference(ordinal, type, true),
            direction,
            NullsFirst$.MODULE$,
            ScalaCollections.seq());
    return RowOrdering.create(ScalaCollections.seq(order), ScalaCollections.seq());
  }

  /** An expression whose columns are positions among the given ones. */
  public static Expression bound(Expression expression, List<Attribute> columns) {
    return BindReferences$.MODULE$.bindReference(
        expression, package$.MODULE$.AttributeSeq(ScalaCollections.seq(columns)), false);
  }

  /** A struct of one field, which is not null where the expression is. */
  public static Expression struct(Expression expression) {
    return new CreateNamedStruct(
        ScalaCollections.seq(
            new Literal(UTF8String.fromString("value"), DataTypes.StringType), expression));
  }

  /**
   * The same value in a form of which equal values have the same bytes: one NaN, no negative zero,
   * and the collation's key instead of a text. What is equal is for Spark's own joins to say.
   */
  public static Expression comparableByBytes(Expression expression) {
    return NormalizeFloatingNumbers$.MODULE$.normalize(withCollationKeys(expression));
  }

  private static Expression withCollationKeys(Expression expression) {
    if (UnsafeRowUtils.isBinaryStable(expression.dataType())) {
      return expression;
    }
    // The rule looks at joins only, and of these only at equalities of columns.
    AttributeReference column =
        new AttributeReference(
            "key",
            expression.dataType(),
            expression.nullable(),
            Metadata.empty(),
            NamedExpression$.MODULE$.newExprId(),
            ScalaCollections.seq());
    Join join =
        new Join(
            new OneRowRelation(),
            new OneRowRelation(),
            Inner$.MODULE$,
            Option.apply(new EqualTo(column, column)),
            JoinHint.NONE());
    Join rewritten = (Join) RewriteCollationJoin$.MODULE$.apply(join);
    return PlanTraversal.rewriteUp(
        rewritten.condition().get().children().head(),
        node -> node.semanticEquals(column) ? expression : node);
  }

  private static SortOrder order(Expression expression, SortDirection direction) {
    return new SortOrder(
        expression, direction, direction.defaultNullOrdering(), ScalaCollections.seq());
  }

  /** Whether a condition is false, or null, where all columns that it reads are null. */
  public static boolean isNeverTrueOfNulls(Expression condition) {
    return value(condition, column -> Optional.of(new Literal(null, column.dataType())))
        .filter(literal -> !Boolean.TRUE.equals(literal.value()))
        .isPresent();
  }

  /** The value of an expression if those of the columns that it reads are known. */
  public static Optional<Literal> constant(Expression expression, ExpressionSet known) {
    return value(
            expression,
            column ->
                ScalaCollections.list(known.toSeq()).stream()
                    .filter(EqualTo.class::isInstance)
                    .map(EqualTo.class::cast)
                    .filter(equal -> equal.left().semanticEquals(column))
                    .map(EqualTo::right)
                    .filter(Literal.class::isInstance)
                    .map(Literal.class::cast)
                    .findFirst())
        .filter(literal -> literal.value() != null);
  }

  private static Optional<Literal> value(
      Expression expression, Function<Attribute, Optional<Literal>> valueOf) {
    Expression known =
        PlanTraversal.rewriteUp(
            expression,
            node ->
                node instanceof Attribute column
                    ? valueOf.apply(column).map(Expression.class::cast).orElse(column)
                    : node);
    if (!known.references().isEmpty() || !known.deterministic() || !known.foldable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Literal(known.eval(null), known.dataType()));
    } catch (RuntimeException failure) {
      // It fails for every row, too, if there is one: that is not for the optimizer to say.
      return Optional.empty();
    }
  }
}
