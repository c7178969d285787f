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

import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator$;
import org.apache.spark.sql.catalyst.expressions.codegen.EmptyBlock$;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprValue;
import org.apache.spark.sql.types.DataType;

/** Pieces of the text of whole-stage code generation. */
public final class GeneratedCode {
  private GeneratedCode() {}

  /** What an operator says it uses that does not want columns in variables. */
  public static AttributeSet noColumns() {
    return AttributeSet$.MODULE$.empty();
  }

  /** A value whose code stands elsewhere already. */
  public static ExprCode computed(ExprValue isNull, ExprValue value) {
    return ExprCode.apply(EmptyBlock$.MODULE$, isNull, value);
  }

  /** Declares a variable, with what stands in it for null. */
  public static String declaration(DataType type, String name) {
    CodeGenerator$ generator = CodeGenerator$.MODULE$;
    return generator.javaType(type) + " " + name + " = " + generator.defaultValue(type, false);
  }
}
