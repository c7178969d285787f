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
package io.feathub.spark.asof.sql;

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
 * Understands {@code l ASOF JOIN r MATCH_CONDITION (..)}, by rewriting it into a join with asof()
 * before the next parser sees it; hands every other text on as it is.
 */
public final class AsOfJoinParser implements ParserInterface {
  private final ParserInterface next;

  /** One of the things that the next parser does. */
  private interface Parsing<T> {
    T parse(String sqlText) throws ParseException;
  }

  public AsOfJoinParser(ParserInterface next) {
    this.next = next;
  }

  @Override
  public LogicalPlan parsePlan(String sqlText) throws ParseException {
    return parse(sqlText, next::parsePlan);
  }

  @Override
  public LogicalPlan parsePlanWithParameters(String sqlText, ParameterContext parameters)
      throws ParseException {
    return parse(sqlText, text -> next.parsePlanWithParameters(text, parameters));
  }

  @Override
  public LogicalPlan parseQuery(String sqlText) throws ParseException {
    return parse(sqlText, next::parseQuery);
  }

  private static <T> T parse(String sqlText, Parsing<T> next) throws ParseException {
    String rewritten = MatchConditionRewriter.rewrite(sqlText);
    AccidentalAlias.check(rewritten);
    try {
      return next.parse(rewritten);
    } catch (ParseException wrong) {
      throw rewritten.equals(sqlText) ? wrong : wrong.withCommand(sqlText);
    }
  }

  @Override
  public Expression parseExpression(String sqlText) throws ParseException {
    // There may be a subquery in it.
    return parse(sqlText, next::parseExpression);
  }

  @Override
  public TableIdentifier parseTableIdentifier(String sqlText) throws ParseException {
    return next.parseTableIdentifier(sqlText);
  }

  @Override
  public FunctionIdentifier parseFunctionIdentifier(String sqlText) throws ParseException {
    return next.parseFunctionIdentifier(sqlText);
  }

  @Override
  public Seq<String> parseMultipartIdentifier(String sqlText) throws ParseException {
    return next.parseMultipartIdentifier(sqlText);
  }

  @Override
  public StructType parseRoutineParam(String sqlText) throws ParseException {
    return next.parseRoutineParam(sqlText);
  }

  @Override
  public StructType parseTableSchema(String sqlText) throws ParseException {
    return next.parseTableSchema(sqlText);
  }

  @Override
  public DataType parseDataType(String sqlText) throws ParseException {
    return next.parseDataType(sqlText);
  }
}
