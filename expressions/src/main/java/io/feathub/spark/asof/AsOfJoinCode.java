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

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.GeneratedCode;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/**
 * The loop of {@link AsOfJoinIterator} as Java text for one left row, to be part of the loop that
 * the operators below and above generate: the left row's columns stay variables, and nothing is
 * copied for the join's sake.
 */
final class AsOfJoinCode {
  private static final String PROBER = "io.feathub.spark.asof.AsOfIndex.Prober";

  private final AsOfProbe probe;
  private final CodegenContext context;
  private final Seq<ExprCode> leftValues;
  private final String match;

  /**
   * @param leftValues the columns of the left row
   */
  AsOfJoinCode(AsOfProbe probe, CodegenContext context, Seq<ExprCode> leftValues) {
    this.probe = probe;
    this.context = context;
    this.leftValues = leftValues;
    this.match = context.freshName("match");
  }

  /**
   * The text.
   *
   * @param lookup the name of a {@link BroadcastProbe}
   * @param metric from the name of a metric to the name of its variable
   * @param consume from the columns of an output row to the text that goes on with it
   */
  String text(
      String lookup, Function<String, String> metric, Function<Seq<ExprCode>, String> consume) {
    String prober =
        context.addMutableState(
            PROBER, "prober", name -> name + " = " + lookup + ".prober();", true, true);
    return String.join(
        "\n",
        best(prober),
        pairTest(prober),
        "if (" + match + " != null) {",
        "  " + metric.apply("matched") + ".add(1);",
        "} else {",
        "  " + metric.apply("unmatched") + ".add(1);",
        "  if (" + prober + ".isExpired()) " + metric.apply("expired") + ".add(1);",
        "}",
        output(metric.apply("numOutputRows") + ".add(1);", consume));
  }

  /** Looks the left row up. */
  private String best(String prober) {
    context.INPUT_ROW_$eq(null);
    context.currentVars_$eq(leftValues);
    ExprCode key = GeneratedCode.unsafeRow(context, bound(ScalaCollections.list(probe.leftKeys())));
    Attribute timeColumn =
        ScalaCollections.list(probe.leftColumns()).get(probe.leftTime().ordinal());
    ExprCode time = bound(List.of(timeColumn)).get(0).genCode(context);
    String encoded = probe.leftTime().encoded().encode(time.value().toString());
    return String.join(
        "\n",
        key.code().toString(),
        time.code().toString(),
        "UnsafeRow " + match + " = (" + time.isNull() + " || " + key.value() + ".anyNull())",
        "  ? " + prober + ".none() : " + prober + ".best(" + key.value() + ", " + encoded + ");");
  }

  /** Goes on to the next best as long as the residual condition does not hold. */
  private String pairTest(String prober) {
    if (probe.residual().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("while (" + match + " != null) {\n");
    List<ExprCode> values = new ArrayList<>(ScalaCollections.list(leftValues));
    for (int i = 0; i < probe.keptColumns().size(); i++) {
      ExprCode value = rightValue(i);
      text.append(value.code()).append('\n');
      values.add(GeneratedCode.computed(value.isNull(), value.value()));
    }
    context.INPUT_ROW_$eq(null);
    context.currentVars_$eq(ScalaCollections.seq(values));
    List<Attribute> columns = new ArrayList<>(ScalaCollections.list(probe.leftColumns()));
    columns.addAll(probe.keptColumns());
    ExprCode holds = CatalystExpressions.bound(probe.residual().get(), columns).genCode(context);
    return text.append(holds.code())
        .append("\nif (!" + holds.isNull() + " && " + holds.value() + ") break;\n")
        .append(match + " = " + prober + ".nextBest();\n}")
        .toString();
  }

  private String output(String count, Function<Seq<ExprCode>, String> consume) {
    AsOfOutcome outcome = probe.outcome();
    List<ExprCode> values = new ArrayList<>(ScalaCollections.list(leftValues));
    StringBuilder text = new StringBuilder();
    if (!outcome.unmatched()) {
      text.append("if (" + match + " != null) {\n");
    } else if (!outcome.matched()) {
      text.append("if (" + match + " == null) {\n");
    } else {
      text.append("{\n");
    }
    for (int i = 0; i < probe.emitted(); i++) {
      ExprCode value = rightValue(i);
      if (outcome.unmatched()) {
        value = orNull(i, value, text);
      } else {
        text.append(value.code()).append('\n');
        value = GeneratedCode.computed(value.isNull(), value.value());
      }
      values.add(value);
    }
    return text.append(count)
        .append('\n')
        .append(consume.apply(ScalaCollections.seq(values)))
        .append("\n}")
        .toString();
  }

  /** A column of the match, or null if there is none. */
  private ExprCode orNull(int column, ExprCode value, StringBuilder text) {
    DataType type = probe.keptColumns().get(column).dataType();
    String isNull = context.freshName("isNull");
    String result = context.freshName("right");
    text.append("boolean " + isNull + " = true;\n")
        .append(GeneratedCode.declaration(type, result))
        .append(";\nif (" + match + " != null) {\n")
        .append(value.code())
        .append("\n" + isNull + " = " + value.isNull() + ";\n")
        .append(result + " = " + value.value() + ";\n}\n");
    return GeneratedCode.computed(JavaCode.isNullVariable(isNull), JavaCode.variable(result, type));
  }

  private ExprCode rightValue(int column) {
    Attribute attribute = probe.keptColumns().get(column);
    context.INPUT_ROW_$eq(match);
    context.currentVars_$eq(null);
    return new BoundReference(column, attribute.dataType(), attribute.nullable()).genCode(context);
  }

  private List<Expression> bound(List<? extends Expression> expressions) {
    List<Attribute> columns = ScalaCollections.list(probe.leftColumns());
    List<Expression> bound = new ArrayList<>();
    expressions.forEach(expression -> bound.add(CatalystExpressions.bound(expression, columns)));
    return bound;
  }
}
