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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The workloads of the full suite on few rows. */
final class QuickWorkloads {
  private static final double MAIN_SCALE = 0.002;
  private static final double OTHER_SCALE = 0.02;

  /** One of each kind, and of each curve a point near its steep end. */
  private static final Set<String> NAMES =
      Set.of(
          "main",
          "wide",
          "asof-one-key",
          "asof-no-key",
          "asof-square-10",
          "asof-square-no-key",
          "frame-1000",
          "features-10",
          "facts-3");

  private final double scale;

  QuickWorkloads(double scale) {
    this.scale = scale;
  }

  List<Workload> all() {
    List<Workload> all = new ArrayList<>(new MainWorkloads(scale * MAIN_SCALE).all());
    all.add(FullWorkloads.wide(scale * OTHER_SCALE, 100));
    all.addAll(new AsOfWorkloads(scale * OTHER_SCALE).all(50_000));
    all.addAll(new GrowthWorkloads(scale * OTHER_SCALE).all());
    all.removeIf(workload -> !NAMES.contains(workload.name()));
    return all;
  }
}
