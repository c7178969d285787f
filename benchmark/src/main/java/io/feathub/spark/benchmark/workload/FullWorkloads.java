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

import io.feathub.spark.benchmark.results.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The main job, other shapes, and how times grow. */
final class FullWorkloads {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final double scale;

  FullWorkloads(double scale) {
    this.scale = scale;
  }

  List<Workload> all() {
    List<Workload> all = new ArrayList<>(new MainWorkloads(scale).all());
    all.add(wide(scale, 100));
    all.addAll(new AsOfWorkloads(scale).all());
    all.addAll(new GrowthWorkloads(scale).all());
    return all;
  }

  static Workload wide(double scale, int extraColumns) {
    return Workload.of(
        "wide",
        "facts of " + extraColumns + " columns beside the price",
        new Jobs(scale).wide(extraColumns),
        MainWorkloads.FAST,
        PATIENCE,
        Sink.values());
  }
}
