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
package io.feathub.spark.benchmark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.results.Point;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestSuite {
  @ParameterizedTest
  @EnumSource(Suite.class)
  void namesAreUnique(Suite suite) {
    assertThat(suite.plan(1).names()).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void oursMeetsTheBestOfSparkAndDuckDbEverywhere(Suite suite) {
    assertThat(suite.plan(1).workloads())
        .allSatisfy(
            workload ->
                assertThat(workload.contenders())
                    .contains(Contenders.FEATHUB, Contenders.SPARK_UNION, Contenders.DUCKDB));
  }

  @Test
  void mainIsTenMillionPurchasesAndOneMillionPrices() {
    Workload main = Suite.MAIN.plan(1).workloads().get(0);
    assertThat(main.name()).isEqualTo("main");
    assertThat(main.job().events().rows()).isEqualTo(10_000_000);
    assertThat(main.job().events().users()).isEqualTo(100_000);
    assertThat(main.job().facts())
        .singleElement()
        .satisfies(f -> assertThat(f.rows()).isEqualTo(1_000_000));
    assertThat(Suite.FULL.plan(1).workloads()).contains(main);
  }

  @Test
  void pointsOfACurveRunInAscendingOrder() {
    Map<String, Long> last = new HashMap<>();
    List<Point> points =
        Suite.FULL.plan(1).workloads().stream()
            .filter(Workload::isOnlyAPoint)
            .map(Workload::point)
            .toList();
    assertThat(points)
        .allSatisfy(
            point -> {
              assertThat(point.x()).isGreaterThan(last.getOrDefault(point.curve(), 0L));
              last.put(point.curve(), point.x());
            });
    assertThat(last.keySet())
        .containsExactlyInAnyOrder(
            "rows", "asof-rows", "versions", "frame", "users", "features", "facts", "range");
  }

  /** Its title says so. */
  @Test
  void theFramesOfOneKeyAreAFifthOfItsRows() {
    HeapWorkload heap =
        new HeapWorkloads(1)
            .all().stream()
                .filter(workload -> workload.name().equals("window-one-key-50m"))
                .findFirst()
                .orElseThrow();
    assertThat(heap.title()).startsWith("SUM and MAX over frames of 10,000,000 of 50,000,000 ");
    assertThat(heap.job().windows())
        .allSatisfy(window -> assertThat(window.range().toDays() * 5).isEqualTo(Events.DAYS));
  }

  @Test
  void framesHoldAboutAsManyRowsAsTheySay() {
    new GrowthWorkloads(1)
        .all().stream()
            .filter(workload -> workload.name().startsWith("frame-"))
            .forEach(
                workload -> {
                  double rowsPerUser =
                      (double) workload.job().events().rows() / workload.job().events().users();
                  double share =
                      workload.job().windows().get(0).range().toSeconds() / (30 * 86_400.0);
                  assertThat(rowsPerUser * share)
                      .isBetween(workload.point().x() * 0.99, workload.point().x() * 1.01);
                });
  }
}
