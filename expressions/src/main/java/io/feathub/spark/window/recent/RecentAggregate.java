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

import io.feathub.spark.interop.InputTypes;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.window.aggregate.OverflowMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code recent_sum(x, n, exclude)} and its siblings: an aggregate of the n most recent rows that
 * are left in a window's frame after FILTER and {@code exclude}.
 *
 * <p>To Spark this is an aggregate function as any other, so that windows, FILTER, views and type
 * coercion are Spark's own. Spark never evaluates it: {@link CheckRecent} refuses it anywhere but
 * over a window, and no operator but the streaming one runs such a window.
 */
public final class RecentAggregate extends AggregateFunction implements ImplicitCastInputTypes {
  private final RecentKind kind;
  private final Expression input;
  private final Expression limit;
  private final Expression exclude;
  private final OverflowMode overflow;

  /**
   * A function whose sums overflow as those of Spark's functions made by this thread would.
   *
   * @param limit a constant integer, at least 1; null when evaluated means all rows
   * @param exclude a constant string, the name of an {@link Exclusion}
   */
  public RecentAggregate(RecentKind kind, Expression input, Expression limit, Expression exclude) {
    this(kind, input, limit, exclude, overflowOfThisThread());
  }

  /** As {@link #RecentAggregate(RecentKind, Expression, Expression, Expression)}; also copies. */
  public RecentAggregate(
      RecentKind kind,
      Expression input,
      Expression limit,
      Expression exclude,
      OverflowMode overflow) {
    this.kind = kind;
    this.input = input;
    this.limit = limit;
    this.exclude = exclude;
    this.overflow = overflow;
  }

  public RecentKind kind() {
    return kind;
  }

  public Expression input() {
    return input;
  }

  /** How a sum that does not fit is treated. */
  public OverflowMode overflow() {
    return overflow;
  }

  /**
   * How many rows are taken at most, at least 1; empty for all. Anything else that was given is an
   * error for the user.
   */
  public OptionalLong limit() {
    if (!limit.foldable()) {
      throw RecentErrors.limit(this, limit, "it is not a constant");
    }
    DataType type = limit.dataType();
    if (!(type instanceof IntegralType) && !(type instanceof NullType)) {
      throw RecentErrors.limit(this, limit, "it is of type " + type.sql());
    }
    Object value = limit.eval(null);
    if (value == null) {
      return OptionalLong.empty();
    }
    long rows = ((Number) value).longValue();
    if (rows < 1) {
      throw RecentErrors.limit(this, limit, "it is less than 1");
    }
    return OptionalLong.of(rows);
  }

  /** What is left out of the frame. Anything else that was given is an error for the user. */
  public Exclusion exclusion() {
    if (!exclude.foldable()) {
      throw RecentErrors.exclude(this, exclude, "it is not a constant", "");
    }
    if (!(exclude.dataType() instanceof StringType)) {
      throw RecentErrors.exclude(this, exclude, "it is of type " + exclude.dataType().sql(), "");
    }
    Object value = exclude.eval(null);
    String name = value == null ? "NULL" : value.toString();
    return Exclusion.of(name).orElseThrow(() -> RecentErrors.unknownExclude(this, exclude, name));
  }

  /** As the configuration of the thread's session says, or of the view that is being read. */
  private static OverflowMode overflowOfThisThread() {
    return SQLConf.get().ansiEnabled() ? OverflowMode.ANSI : OverflowMode.LEGACY;
  }

  /** Whether the function has values of the input's type. */
  boolean acceptsInput() {
    return kind.accepts(input);
  }

  @Override
  public DataType dataType() {
    return kind.dataType(input);
  }

  @Override
  public boolean nullable() {
    return kind.isNullable();
  }

  /** The number of rows and the exclusion are read as they are given, whatever casts could do. */
  @Override
  public Seq<AbstractDataType> inputTypes() {
    return ScalaCollections.seq(kind.inputType(input), InputTypes.any(), InputTypes.any());
  }

  /** {@link CheckRecent} says it in other words, before Spark does. */
  @Override
  public TypeCheckResult checkInputDataTypes() {
    return acceptsInput()
        ? InputTypes.accepted()
        : new TypeCheckResult.TypeCheckFailure(prettyName() + " needs " + kind.needs());
  }

  @Override
  public Seq<Expression> children() {
    return ScalaCollections.seq(input, limit, exclude);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new RecentAggregate(
        kind, newChildren.apply(0), newChildren.apply(1), newChildren.apply(2), overflow);
  }

  @Override
  public String prettyName() {
    return kind.functionName();
  }

  @Override
  public String sql() {
    return sql(false);
  }

  /** As it was written, without arguments that say nothing. */
  @Override
  public String sql(boolean isDistinct) {
    List<String> arguments = new ArrayList<>();
    for (Expression argument : ScalaCollections.list(children())) {
      arguments.add(argument.sql());
    }
    if (arguments.get(2).replace("'", "").equalsIgnoreCase(Exclusion.NONE.sqlName())) {
      arguments.remove(2);
      if (arguments.get(1).equalsIgnoreCase("NULL")) {
        arguments.remove(1);
      }
    }
    String distinct = isDistinct ? "DISTINCT " : "";
    return prettyName() + "(" + distinct + String.join(", ", arguments) + ")";
  }

  @Override
  public Iterator<Object> flatArguments() {
    return ScalaCollections.<Object>seq(ScalaCollections.list(children())).iterator();
  }

  /** Nothing: Spark aggregates nothing by it. */
  @Override
  public StructType aggBufferSchema() {
    return new StructType();
  }

  @Override
  public Seq<AttributeReference> aggBufferAttributes() {
    return ScalaCollections.seq();
  }

  @Override
  public Seq<AttributeReference> inputAggBufferAttributes() {
    return ScalaCollections.seq();
  }

  @Override
  public Object eval(InternalRow row) {
    throw notPlanned();
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw notPlanned();
  }

  /** Whatever the user writes, a check or the planner has seen it: this would be a bug of ours. */
  private IllegalStateException notPlanned() {
    return new IllegalStateException(sql() + " did not reach the streaming window operator");
  }

  @Override
  public int productArity() {
    return 5;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> kind;
      case 1 -> input;
      case 2 -> limit;
      case 3 -> exclude;
      default -> overflow;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RecentAggregate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentAggregate that
        && kind == that.kind
        && overflow == that.overflow
        && input.equals(that.input)
        && limit.equals(that.limit)
        && exclude.equals(that.exclude);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
