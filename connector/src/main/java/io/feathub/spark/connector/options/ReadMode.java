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

import java.util.Locale;

/** What happens to a record or an event time that cannot be read. */
public enum ReadMode {
  /** The query fails and names file, line and fix. */
  FAILFAST,
  /** The value is null, as Spark's reader of the format does it. */
  PERMISSIVE,
  /** The row is left out. */
  DROPMALFORMED;

  /** The name as it is written in the option {@code mode}. */
  public String optionValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
