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
package io.feathub.spark.benchmark.measure;

import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Execution;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The timed runs of one contender with one sink. */
final class TimedRuns {
  private final Contender contender;
  private final Sink sink;
  private final Execution execution;
  private final List<Double> seconds = new ArrayList<>();
  private List<String> operators = List.of();
  private Profile profile;
  private int runs;
  private long firstFold;

  private TimedRuns(Contender contender, Sink sink, Execution execution) {
    this.contender = contender;
    this.sink = sink;
    this.execution = execution;
  }

  static TimedRuns checksum(Contender contender, Job job) {
    return new TimedRuns(contender, Sink.CHECKSUM, contender.checksum(job));
  }

  static TimedRuns parquet(Contender contender, Job job, Path directory) {
    return new TimedRuns(contender, Sink.PARQUET, contender.parquet(job, directory));
  }

  /** Runs once more, and counts. The garbage of whoever ran before is not this one's to collect. */
  double time() {
    System.gc();
    double last = run();
    seconds.add(last);
    return last;
  }

  /** Runs once more without counting. */
  double run() {
    long start = System.nanoTime();
    long fold = execution.run();
    double taken = (System.nanoTime() - start) / 1e9;
    operators = execution.operators();
    if (runs > 0 && fold != firstFold) {
      throw new IllegalStateException("Its rows fold to " + fold + ", before to " + firstFold);
    }
    runs++;
    firstFold = fold;
    return taken;
  }

  String contender() {
    return contender.name();
  }

  boolean isTimed() {
    return !seconds.isEmpty();
  }

  void profile() {
    profile = execution.profile().orElse(null);
  }

  String label() {
    return contender.name() + " > " + sink.name().toLowerCase(Locale.ROOT);
  }

  Timing timing() {
    return new Timing(
        contender.name(), contender.role(), sink, List.copyOf(seconds), operators, profile);
  }
}
