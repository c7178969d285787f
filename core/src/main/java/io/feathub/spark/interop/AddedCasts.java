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

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Tells the casts that Spark added to make types meet from those that the user wrote. */
public final class AddedCasts {
  private AddedCasts() {}

  /**
   * Whether Spark added an operand's cast. It then stands at the place of the operator in the
   * query; a function such as {@code timestamp(x)} is a cast at a place of its own.
   */
  public static boolean isAdded(Expression operand, Expression operator) {
    return operand instanceof Cast cast
        && !cast.containsTag(Cast.USER_SPECIFIED_CAST())
        && cast.origin().equals(operator.origin());
  }
}
