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
package io.feathub.spark;

import java.util.Map;

/** The one minor version of Spark that this build is for. */
final class SparkVersion {
  static final String BUILT_FOR = "4.2";

  private SparkVersion() {}

  /** Refuses any other minor version than the one this build is for. */
  static void require(String running) {
    String minor = minor(running);
    if (!minor.equals(BUILT_FOR)) {
      throw FeathubErrors.invalid(
          "FEATHUB_SPARK_VERSION", Map.of("built", BUILT_FOR, "running", running, "minor", minor));
    }
  }

  private static String minor(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
