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

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Rules for the names of fields and features. Any text is a name, quoted or not. */
final class FieldNames {
  /** The microseconds of a row's event time; a name that no user can give. */
  static final String EVENT_MICROS = "__feathub_event_micros__";

  /** The event time of a row; a name that no user can give. */
  static final String EVENT_TIME = "__feathub_event_time__";

  private FieldNames() {}

  /** Refuses an empty name and, as FeatHub does, names that start or end with two underscores. */
  static void requireUsable(String what, String name) {
    if (name.isEmpty() || name.startsWith("__") || name.endsWith("__")) {
      throw FeatureErrors.reservedName(what, name);
    }
  }

  /** Refuses two equal names, and two that Spark cannot tell apart as they differ only in case. */
  static void requireDistinct(String where, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw FeatureErrors.duplicateName(where, name);
      }
    }
  }

  /** The name as a column reference that Spark takes literally. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
