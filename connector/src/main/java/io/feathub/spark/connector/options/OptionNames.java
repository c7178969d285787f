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

import java.util.List;

/** The names of the options that are FeatHub's own. */
public final class OptionNames {
  public static final String PATH = "path";
  public static final String PATHS = "paths";
  public static final String DATA_FORMAT = "data_format";
  public static final String KEYS = "keys";
  public static final String TIMESTAMP_FIELD = "timestamp_field";
  public static final String TIMESTAMP_FORMAT = "timestamp_format";
  public static final String TIME_ZONE = "time_zone";
  public static final String EVENT_TIME_COLUMN = "event_time_column";
  public static final String ORDERING = "ordering";
  public static final String MODE = "mode";

  /** Part of the contract of feathub tables and of quarantine; refused for plain files. */
  static final String BAD_RECORDS_PATH = "bad_records_path";

  static final String VERSION = "version";

  /** All names in the order of the documentation. */
  static final List<String> OWN =
      List.of(
          PATH,
          PATHS,
          DATA_FORMAT,
          KEYS,
          TIMESTAMP_FIELD,
          TIMESTAMP_FORMAT,
          TIME_ZONE,
          EVENT_TIME_COLUMN,
          ORDERING,
          MODE);

  private OptionNames() {}
}
