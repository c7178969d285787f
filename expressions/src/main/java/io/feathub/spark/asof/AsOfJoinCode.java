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

import io.feathub.spark.interop.GeneratedCode;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;

/**
 * The loop of {@link AsOfJoinIterator} as Java text, in a function of its own, to be part of what
 * the operators above generate: they take columns of left rows and matches from where these lie.
 */
final class AsOfJoinCode {
  private final AsOfProbe probe;
  private final CodegenContext context;
  private final Function<String, String> metric;
  private final Function<List<ExprCode>, String> consume;
  private final String left;
  private final String match;
  private final String function;

  /**
   * Adds the function.
   *
   * @param rows the name of a variable of {@link MatchedRows}
   * @param metric from the name of a metric to the name of its variable
   * @param consume from the columns of an output row to the text that goes on with it
   * @param further what else must hold to go on to the next left row, with "&&", or nothing
   * @param stop what is done after each left row, if anything
   */
  AsOfJoinCode(
      AsOfProbe probe,
      CodegenContext context,
      String rows,
      Function<String, String> metric,
      Function<List<ExprCode>, String> consume,
      String further,
      String stop) {
    this.probe = probe;
    this.context = context;
    this.metric = metric;
    this.consume = consume;
    this.left = context.freshName("left");
    this.match = context.freshName("match");
    this.function = context.freshName("joinRows");
    String body =
        String.join(
            "\n",
            "private void " + function + "() throws java.io.IOException {",
            "while (" + further + rows + ".advance()) {",
            "InternalRow " + left + " = " + rows + ".left();",
            "UnsafeRow " + match + " = " + rows + ".match();",
            "if (" + match + " != null) {",
            "  " + metric.apply("matched") + ".add(1);",
            "} else {",
            "  " + metric.apply("unmatched") + ".add(1);",
            "  if (" + rows + ".isExpired()) " + metric.apply("expired") + ".add(1);",
            "}",
            output(),
            stop,
            "}",
            "}");
    context.addNewFunction(function, body, true);
  }

  /** Joins the rows, to the last one or, where it stops between them, some. */
  String call() {
    return function + "();";
  }

  private String output() {
    AsOfOutcome outcome = probe.outcome();
    StringBuilder text = new StringBuilder();
    if (!outcome.unmatched()) {
      text.append("if (" + match + " != null) {\n");
    } else if (!outcome.matched()) {
      text.append("if (" + match + " == null) {\n");
    } else {
      text.append("{\n");
    }
    List<ExprCode> values = new ArrayList<>(leftValues());
    for (int i = 0; i < probe.emitted(); i++) {
      ExprCode value = value(match, i, probe.keptColumns().get(i));
      if (outcome.unmatched()) {
        value = orNull(i, value, text);
      }
      values.add(value);
    }
    return text.append(metric.apply("numOutputRows") + ".add(1);\n")
        .append(consume.apply(values))
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

  private List<ExprCode> leftValues() {
    List<ExprCode> values = new ArrayList<>();
    for (Attribute column : ScalaCollections.list(probe.leftColumns())) {
      values.add(value(left, values.size(), column));
    }
    return values;
  }

  /** A column, read from its row where it is wanted. */
  private ExprCode value(String row, int ordinal, Attribute column) {
    context.INPUT_ROW_$eq(row);
    context.currentVars_$eq(null);
    return new BoundReference(ordinal, column.dataType(), column.nullable()).genCode(context);
  }
}
