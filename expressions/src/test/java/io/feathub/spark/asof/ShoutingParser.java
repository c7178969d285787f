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

import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/**
 * Another extension's parser. It has a statement of its own, which begins with SHOUT, and writes
 * down what it was asked.
 *
 * @param next what it asks about other statements
 * @param eager whether it looks for its own statement first; otherwise only at what the next parser
 *     does not understand
 * @param asked what was asked, as {@code method(text)}
 * @param shouted the texts of its own statements
 */
record ShoutingParser(ParserInterface next, boolean eager, List<String> asked, List<String> shouted)
    implements ParserInterface {
  private static final String ANSWER = "SELECT 'heard' AS answer";

  @Override
  public LogicalPlan parsePlan(String sqlText) throws ParseException {
    asked.add("parsePlan(" + sqlText + ")");
    return understand(sqlText, next::parsePlan);
  }

  @Override
  public LogicalPlan parsePlanWithParameters(String sqlText, ParameterContext parameters)
      throws ParseException {
    asked.add("parsePlanWithParameters(" + sqlText + ")");
    return understand(sqlText, text -> next.parsePlanWithParameters(text, parameters));
  }

  @Override
  public LogicalPlan parseQuery(String sqlText) throws ParseException {
    asked.add("parseQuery(" + sqlText + ")");
    return understand(sqlText, next::parseQuery);
  }

  private interface Parse {
    LogicalPlan of(String sqlText) throws ParseException;
  }

  private LogicalPlan understand(String sqlText, Parse parse) throws ParseException {
    try {
      return eager && isOwn(sqlText) ? answer(sqlText) : parse.of(sqlText);
    } catch (ParseException e) {
      if (isOwn(sqlText)) {
        return answer(sqlText);
      }
      throw e;
    }
  }

  private static boolean isOwn(String sqlText) {
    return sqlText.strip().startsWith("SHOUT");
  }

  private LogicalPlan answer(String sqlText) throws ParseException {
    shouted.add(sqlText);
    return next.parsePlan(ANSWER);
  }

  @Override
  public Expression parseExpression(String sqlText) throws ParseException {
    asked.add("parseExpression(" + sqlText + ")");
    return next.parseExpression(sqlText);
  }

  @Override
  public TableIdentifier parseTableIdentifier(String sqlText) throws ParseException {
    asked.add("parseTableIdentifier(" + sqlText + ")");
    return next.parseTableIdentifier(sqlText);
  }

  @Override
  public FunctionIdentifier parseFunctionIdentifier(String sqlText) throws ParseException {
    asked.add("parseFunctionIdentifier(" + sqlText + ")");
    return next.parseFunctionIdentifier(sqlText);
  }

  @Override
  public Seq<String> parseMultipartIdentifier(String sqlText) throws ParseException {
    asked.add("parseMultipartIdentifier(" + sqlText + ")");
    return next.parseMultipartIdentifier(sqlText);
  }

  @Override
  public StructType parseRoutineParam(String sqlText) throws ParseException {
    asked.add("parseRoutineParam(" + sqlText + ")");
    return next.parseRoutineParam(sqlText);
  }

  @Override
  public StructType parseTableSchema(String sqlText) throws ParseException {
    asked.add("parseTableSchema(" + sqlText + ")");
    return next.parseTableSchema(sqlText);
  }

  @Override
  public DataType parseDataType(String sqlText) throws ParseException {
    asked.add("parseDataType(" + sqlText + ")");
    return next.parseDataType(sqlText);
  }
}
