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
package io.feathub.spark.benchmark.data;

/** What the prices of a generated table are. */
public enum Values {
  /**
   * Multiples of 0.25 up to 100: every order of summation gives the same double, so that the
   * answers of all contenders have to be equal to the bit.
   */
  QUARTERS("floor(%s * 400) * 0.25D"),

  /**
   * Doubles whose every bit is used: engines that add in another order differ in the last bits, so
   * that answers have to agree to a relative 1e-12.
   */
  ARBITRARY("%s * 1000D / 7D");

  private final String sql;

  Values(String sql) {
    this.sql = sql;
  }

  /** A value computed from a uniform number of [0, 1). */
  String of(String uniform) {
    return String.format(sql, uniform);
  }
}
