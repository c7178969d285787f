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
 * The loop of {@link AsOfJoinIterator} as Java text, to be part of the loop that the operators
 * below and above generate: they give left rows to a {@link LookUpGroup} and, when it is full, take
 * what it has found.
 */
final class AsOfJoinCode {
  private final AsOfProbe probe;
  private final CodegenContext context;
  private final Function<String, String> metric;
  private final Function<List<ExprCode>, String> consume;
  private final String group;
  private final String left;
  private final String match;
  private final String takeGroup;

  /**
   * Declares the group.
   *
   * @param lookup the name of a {@link BroadcastProbe}
   * @param metric from the name of a metric to the name of its variable
   * @param consume from the columns of an output row to the text that goes on with it
   */
  AsOfJoinCode(
      AsOfProbe probe,
      CodegenContext context,
      String lookup,
      Function<String, String> metric,
      Function<List<ExprCode>, String> consume) {
    this.probe = probe;
    this.context = context;
    this.metric = metric;
    this.consume = consume;
    this.group =
        context.addMutableState(
            LookUpGroup.class.getName(),
            "group",
            name -> name + " = " + lookup + ".group();",
            true,
            true);
    this.left = context.freshName("left");
    this.match = context.freshName("match");
    this.takeGroup = context.freshName("takeGroup");
  }

  /** Gives a left row to the group, and takes the group when it is full. */
  String add(ExprCode row) {
    return String.join(
        "\n",
        row.code().toString(),
        group + ".add((UnsafeRow) " + row.value() + ");",
        "if (" + group + ".isFull()) {",
        take(),
        "}");
  }

  /** Takes what the group has found, or, where it stops between rows, some of it. */
  String take() {
    return takeGroup + "();";
  }

  /**
   * Adds the function that does it.
   *
   * @param stop what is done after each row
   */
  void addTake(String stop) {
    String body =
        String.join(
            "\n",
            "private void " + takeGroup + "() throws java.io.IOException {",
            "while (" + group + ".advance()) {",
            "UnsafeRow " + left + " = " + group + ".left();",
            "UnsafeRow " + match + " = " + group + ".match();",
            "if (" + match + " != null) {",
            "  " + metric.apply("matched") + ".add(1);",
            "} else {",
            "  " + metric.apply("unmatched") + ".add(1);",
            "  if (" + group + ".isExpired()) " + metric.apply("expired") + ".add(1);",
            "}",
            output(),
            stop,
            "}",
            "}");
    context.addNewFunction(takeGroup, body, true);
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
