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

import io.feathub.spark.asof.AsOfExtension;
import io.feathub.spark.window.WindowExtension;
import org.apache.spark.sql.SparkSessionExtensions;

/** As-of joins and streaming windows, as one installable part of a session. */
public final class FeathubExpressions {
  private FeathubExpressions() {}

  /** Adds functions, rules and planner strategies to a session that is being built. */
  public static void install(SparkSessionExtensions extensions) {
    AsOfExtension.install(extensions);
    WindowExtension.install(extensions);
  }
}
