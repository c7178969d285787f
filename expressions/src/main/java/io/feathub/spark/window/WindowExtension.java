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
package io.feathub.spark.window;

import io.feathub.spark.FeathubConf;
import io.feathub.spark.window.recent.RecentFunctions;
import org.apache.spark.sql.SparkSessionExtensions;

/** Installs what this package adds to a session. */
public final class WindowExtension {
  private WindowExtension() {}

  /**
   * Adds the functions of the most recent rows, and the planner strategies that run supported
   * windows on the streaming operator and look after the others.
   */
  public static void install(SparkSessionExtensions extensions) {
    FeathubConf.register();
    RecentFunctions.install(extensions);
    extensions.injectPreCBORule(session -> new SplitRecentWindows());
    extensions.injectPlannerStrategy(session -> new StreamingWindowStrategy());
    extensions.injectPlannerStrategy(UnplannedWindows::new);
  }
}
