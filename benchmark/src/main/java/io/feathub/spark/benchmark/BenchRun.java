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
package io.feathub.spark.benchmark;

import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.measure.Interleaved;
import io.feathub.spark.benchmark.measure.Rounds;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs workloads one after another in one Spark application. */
record BenchRun(Path home, List<Workload> workloads, Rounds rounds, PrintWriter out) {
  Results results(String command) {
    int cores = Runtime.getRuntime().availableProcessors();
    Path target = home.resolve("benchmark").resolve("target");
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    ConsoleProgress progress = new ConsoleProgress(out);
    List<WorkloadResult> measured = new ArrayList<>();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("FeatHub", MachineFacts.commit(home));
    try (Contenders contenders =
        new Contenders(cores, target.resolve("data"), target.resolve("work"))) {
      versions.putAll(contenders.versions());
      Interleaved interleaved =
          new Interleaved(
              contenders, contenders.spark().stock(), target.resolve("work"), rounds, progress);
      for (Workload workload : workloads) {
        progress.begin(measured.size() + 1, workloads.size(), workload.name(), workload.title());
        measured.add(interleaved.measure(workload));
      }
    }
    double minutes = started.until(Instant.now(), ChronoUnit.SECONDS) / 60.0;
    return new Results(
        command,
        started.toString(),
        minutes,
        MachineFacts.of(cores, versions),
        measured,
        List.of(),
        List.of());
  }
}
