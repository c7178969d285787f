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
package io.feathub.spark.connector.options;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the columns that options name, by the session's rule for upper and lower case. */
public record ColumnResolver(StructType schema, boolean caseSensitive) {

  /** The column as the schema spells it; an error that names the option if there is none. */
  public StructField column(String option, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> same(field.name(), name))
        .findFirst()
        .orElseThrow(
            () -> OptionErrors.columnNotFound(option, name, Arrays.asList(schema.fieldNames())));
  }

  /** The columns as the schema spells them, in the order of the option. */
  public List<String> columns(String option, List<String> names) {
    return names.stream().map(name -> column(option, name).name()).toList();
  }

  public boolean contains(String name) {
    return Arrays.stream(schema.fieldNames()).anyMatch(field -> same(field, name));
  }

  /** Refuses an {@code event_time_column} that the schema has already. */
  public void requireAbsent(String eventTimeColumn) {
    if (contains(eventTimeColumn)) {
      throw OptionErrors.eventTimeColumnClash(eventTimeColumn);
    }
  }

  private boolean same(String one, String other) {
    return caseSensitive ? one.equals(other) : one.equalsIgnoreCase(other);
  }
}
