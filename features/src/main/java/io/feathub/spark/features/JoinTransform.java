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
package io.feathub.spark.features;

import static java.util.Objects.requireNonNull;

/**
 * The value of another table's field at the event time of the row: from the row with the same keys
 * and the latest event time at or before it. Null if there is no such row or if its value is null.
 *
 * @param tableName a table built in the {@link FeathubClient}, with keys and a timestamp field
 * @param expr the name of a field of that table
 */
public record JoinTransform(String tableName, String expr) implements Transform {
  public JoinTransform {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(expr, "expr is null");
  }

  public static JoinTransform of(String tableName, String expr) {
    return new JoinTransform(tableName, expr);
  }
}
