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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.testing.TestSession;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.junit.jupiter.api.Test;

class TestFeathubSparkExtensions {

  @Test
  void theConfiguredExtensionWorksInASession() {
    SparkSession session = configured(FeathubSparkExtensions.class.getName());

    assertThat(FeathubSparkExtensions.installedIn(session)).isTrue();
    assertThat(
            session
                .sql(
                    "SELECT l.t, r.v FROM VALUES (1, 5) AS l(k, t) LEFT JOIN VALUES (1, 3, 'a'),"
                        + " (1, 4, 'b'), (1, 6, 'c') AS r(k, t, v) ON l.k = r.k AND asof(l.t >="
                        + " r.t)")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly("[5,b]");
  }

  /** A session as spark-defaults.conf would make it, over the application of all tests. */
  private static SparkSession configured(String extension) {
    SparkConf conf = TestSession.stock().sparkContext().conf();
    conf.set("spark.sql.extensions", extension);
    try {
      return SparkSession.builder().create();
    } finally {
      conf.remove("spark.sql.extensions");
    }
  }

  @Test
  void aSessionWithoutItHasNoAsof() {
    SparkSession session = TestSession.stock();

    assertThat(FeathubSparkExtensions.installedIn(session)).isFalse();
    assertThatThrownBy(() -> session.sql("SELECT asof(1 >= 0)"))
        .hasMessageContaining("UNRESOLVED_ROUTINE");
  }

  @Test
  void anotherMinorVersionOfSparkIsRefusedByName() {
    for (String running : new String[] {"4.1.2", "4.3.0-SNAPSHOT", "3.5.1", "5"}) {
      assertThatThrownBy(() -> SparkVersion.require(running))
          .hasMessageContaining("FEATHUB_SPARK_VERSION")
          .hasMessageContaining("is for Spark 4.2, the session runs Spark " + running);
    }
    SparkVersion.require("4.2.0");
    SparkVersion.require("4.2.7-custom");
    new FeathubSparkExtensions().apply(new SparkSessionExtensions());
  }
}
