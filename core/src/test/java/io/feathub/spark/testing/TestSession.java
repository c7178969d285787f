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
package io.feathub.spark.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.BoxedUnit;

/**
 * Sessions for tests. Starting Spark costs seconds, so there is one application per test JVM and
 * each test class makes its own cheap session over it.
 *
 * <p>Every session checks each plan after each rule ({@code planChangeValidation}), and runs in UTC
 * although the JVM does not, which catches code that mixes the two up.
 */
public final class TestSession {
  private TestSession() {}

  /** A session without any extension: stock Spark. */
  public static SparkSession stock() {
    return with(extensions -> {});
  }

  /** A session with extensions, and with confs and temporary views of its own. */
  public static SparkSession with(Consumer<SparkSessionExtensions> install) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("feathub-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", directory("local"))
        .config("spark.sql.planChangeValidation", "true")
        // Generated code that does not compile is an error, not slower.
        .config("spark.sql.codegen.fallback", "false")
        .config("spark.unsafe.exceptionOnMemoryLeak", "true")
        .config("spark.sql.warehouse.dir", directory("warehouse"))
        .withExtensions(
            extensions -> {
              install.accept(extensions);
              return BoxedUnit.UNIT;
            })
        .create();
  }

  /** Runs an action with session keys set, and puts them back. */
  public static void withConf(SparkSession session, Map<String, String> conf, Runnable action) {
    Map<String, String> before = new HashMap<>();
    conf.forEach((key, value) -> before.put(key, explicitValue(session, key)));
    try {
      conf.forEach(session.conf()::set);
      action.run();
    } finally {
      before.forEach(
          (key, value) -> {
            if (value == null) {
              session.conf().unset(key);
            } else {
              session.conf().set(key, value);
            }
          });
    }
  }

  private static String explicitValue(SparkSession session, String key) {
    return session.conf().getAll().contains(key) ? session.conf().get(key) : null;
  }

  private static String directory(String name) {
    return Path.of(System.getProperty("feathub.module.directory"), "target", "spark", name)
        .toString();
  }
}
