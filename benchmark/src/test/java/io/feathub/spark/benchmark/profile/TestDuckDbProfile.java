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
package io.feathub.spark.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDuckDbProfile {
  @Test
  void givesTheTimeOfEachOperator() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE l AS SELECT i % 100 AS k, i AS t, i * 0.25 AS v FROM range(200000) r(i)");
      statement.execute("CREATE TABLE r AS SELECT i % 100 AS k, i AS t FROM range(20000) r(i)");

      Profile profile =
          DuckDbProfile.of(
              connection,
              "SELECT bit_xor(hash(k, t, s)) FROM (SELECT l.k, l.t, sum(v) OVER (PARTITION BY l.k"
                  + " ORDER BY l.t RANGE BETWEEN 100 PRECEDING AND CURRENT ROW) s FROM l ASOF LEFT"
                  + " JOIN r ON l.k = r.k AND l.t >= r.t)");

      assertThat(profile.shares()).extracting(Share::operator).contains("ASOF_JOIN", "WINDOW");
      assertThat(profile.shares().stream().mapToDouble(Share::share).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(profile.wallSeconds()).isPositive();
      assertThat(ProfileText.of(profile, 0)).contains("WINDOW", "DuckDB's own times");
    }
  }
}
