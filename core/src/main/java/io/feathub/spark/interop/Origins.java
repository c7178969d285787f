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

import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** Makes places in queries as Scala's default arguments would. */
public final class Origins {
  private Origins() {}

  /**
   * A place in the text of a query.
   *
   * @param line from 1
   * @param column from 0
   */
  public static Origin at(int line, int column) {
    return new Origin(
        Option.apply(line),
        Option.apply(column),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
