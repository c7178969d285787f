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

/**
 * How unevenly keys occur: a uniform number is raised to a power before it chooses a key, so that
 * low numbers are chosen more often.
 *
 * @param users the power for users; 1 is uniform
 * @param items the power for items
 * @param hotItem the share of rows whose item is the first one, whatever else would be chosen
 */
public record Skew(double users, double items, double hotItem) {
  public static final Skew SHOP = new Skew(2.5, 1.5, 0);
  public static final Skew UNIFORM = new Skew(1, 1, 0);
  public static final Skew HOT_ITEM = new Skew(2.5, 1.5, 0.3);

  String user(String uniform) {
    return power(uniform, users);
  }

  String item(String uniform, String hot) {
    String chosen = power(uniform, items);
    return hotItem == 0 ? chosen : "IF(" + hot + " < " + hotItem + "D, 0D, " + chosen + ")";
  }

  String label() {
    return "skew" + users + "-" + items + "-" + hotItem;
  }

  private static String power(String uniform, double exponent) {
    return exponent == 1 ? uniform : "pow(" + uniform + ", " + exponent + "D)";
  }
}
