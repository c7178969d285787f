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
import java.util.Locale;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.util.TypeUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a function computes of the most recent rows. Types are those of Spark's own function. */
public enum RecentKind {
  /** Spark's SUM: null of no values. */
  SUM,
  /** The exact sum of FLOATs, rounded once to FLOAT; null of no values. Has no name in SQL. */
  SUM_FLOAT,
  /** Spark's AVG: null of no values. */
  AVG,
  /** The least value that is not null; null if there is none. */
  MIN,
  /** The greatest value that is not null; null if there is none. */
  MAX,
  /** How many values are not null. */
  COUNT,
  /** The value, null too, of the first of the rows; null of no rows. */
  FIRST,
  /** The value, null too, of the last of the rows; null of no rows. */
  LAST,
  /** The values of all of the rows in order, nulls too; empty of no rows. */
  LIST,
  /** How often each value occurs that is not null; null if there is none. */
  VALUE_COUNTS;

  /** The name in SQL. */
  public String functionName() {
    return "recent_" + name().toLowerCase(Locale.ROOT);
  }

  DataType dataType(Expression input) {
    return switch (this) {
      case SUM -> new Sum(input).dataType();
      case SUM_FLOAT -> DataTypes.FloatType;
      case AVG -> new Average(input).dataType();
      case MIN, MAX, FIRST, LAST -> input.dataType();
      case COUNT -> DataTypes.LongType;
      case LIST -> new ArrayType(input.dataType(), input.nullable());
      case VALUE_COUNTS -> DataTypes.createMapType(input.dataType(), DataTypes.LongType, false);
    };
  }

  boolean isNullable() {
    return this != COUNT && this != LIST;
  }

  /** What Spark casts an input to, where it can. */
  AbstractDataType inputType(Expression input) {
    return switch (this) {
      case SUM -> new Sum(input).inputTypes().head();
      case AVG -> new Average(input).inputTypes().head();
      case SUM_FLOAT -> DataTypes.FloatType;
      case MIN, MAX, COUNT, FIRST, LAST, LIST, VALUE_COUNTS -> InputTypes.any();
    };
  }

  boolean accepts(Expression input) {
    DataType type = input.dataType();
    return switch (this) {
      case SUM, AVG -> new Sum(input).checkInputDataTypes().isSuccess();
      case SUM_FLOAT -> DataTypes.FloatType.equals(type);
      case MIN, MAX -> RowOrdering.isOrderable(type);
      case VALUE_COUNTS -> isMapKey(type) && RowOrdering.isOrderable(type);
      case COUNT, FIRST, LAST, LIST -> true;
    };
  }

  /** What an input has to be, for an error; only asked of kinds that do not accept any. */
  String needs() {
    return switch (this) {
      case SUM, AVG -> "a number or an interval";
      case SUM_FLOAT -> "a FLOAT";
      case MIN, MAX -> "a type that can be ordered";
      case VALUE_COUNTS -> "a type that can be the key of a map and be ordered";
      case COUNT, FIRST, LAST, LIST -> "any type";
    };
  }

  private static boolean isMapKey(DataType type) {
    TypeCheckResult result = TypeUtils.checkForMapKeyType(type);
    return result.isSuccess();
  }
}
