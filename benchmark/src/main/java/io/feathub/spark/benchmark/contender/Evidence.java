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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.benchmark.contender.Execution.WrongOperator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The operators that a contender has to use, and those it must not use.
 *
 * @param required expressions each of which matches the whole name of an operator
 * @param forbidden matches the whole name of no operator
 */
record Evidence(List<String> required, Pattern forbidden) {
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  static Evidence of(List<String> required) {
    return new Evidence(required, NOTHING);
  }

  /** Gives the operators back if they are what they should be. */
  List<String> in(List<String> operators) {
    for (String name : required) {
      if (operators.stream().noneMatch(operator -> operator.matches(name))) {
        throw new WrongOperator(
            "There is no " + name + " among the operators that ran: " + operators);
      }
    }
    for (String name : operators) {
      if (forbidden.matcher(name).matches()) {
        throw new WrongOperator(name + " is among the operators that ran: " + operators);
      }
    }
    return operators;
  }
}
