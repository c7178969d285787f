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

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which rows a function leaves out of its frame before it takes the most recent ones. */
public enum Exclusion {
  /** None: SQL's EXCLUDE NO OTHERS. */
  NONE("none"),
  /** The current row: SQL's EXCLUDE CURRENT ROW. */
  CURRENT_ROW("current_row"),
  /** The peers of the current row, but not itself: SQL's EXCLUDE TIES. */
  CURRENT_TIME("current_time"),
  /** The current row and its peers: SQL's EXCLUDE GROUP. */
  CURRENT_GROUP("current_group");

  private final String sqlName;

  Exclusion(String sqlName) {
    this.sqlName = sqlName;
  }

  /** The name that queries use, in any case; empty if there is none of this name. */
  public static Optional<Exclusion> of(String name) {
    return Arrays.stream(values()).filter(value -> value.sqlName.equalsIgnoreCase(name)).findAny();
  }

  /** What queries write. */
  public String sqlName() {
    return sqlName;
  }

  /** Whether peers of the current row do not come into the frame before a later group does. */
  public boolean keepsPeersOut() {
    return this == CURRENT_TIME || this == CURRENT_GROUP;
  }

  /** Whether it makes a difference between the rows of a peer group. */
  public boolean differsAmongPeers() {
    return this == CURRENT_ROW || this == CURRENT_TIME;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Exclusion::sqlName).toList();
  }
}
