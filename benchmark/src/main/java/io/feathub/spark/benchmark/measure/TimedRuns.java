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
import java.util.OptionalLong;

/** The timed runs of one contender with one sink. */
final class TimedRuns {
  private final Contender contender;
  private final Sink sink;
  private final Execution execution;
  private final long rows;

  /** Null for a checksum. */
  private final Path directory;

  private final List<Double> seconds = new ArrayList<>();
  private List<String> operators = List.of();
  private Profile profile;

  /** What the rows have to fold to; empty until the first run for one that gives no answers. */
  private OptionalLong fold;

  private TimedRuns(
      Contender contender,
      Sink sink,
      Execution execution,
      long rows,
      Path directory,
      OptionalLong fold) {
    this.contender = contender;
    this.sink = sink;
    this.execution = execution;
    this.rows = rows;
    this.directory = directory;
    this.fold = fold;
  }

  /**
   * Into a checksum, which has to be that of the answer.
   *
   * @param answer null for a floor
   */
  static TimedRuns checksum(Contender contender, Job job, Path answer) {
    OptionalLong fold = answer == null ? OptionalLong.empty() : contender.fold(job, answer);
    return new TimedRuns(contender, Sink.CHECKSUM, contender.checksum(job), 0, null, fold);
  }

  static TimedRuns parquet(Contender contender, Job job, Path directory) {
    Execution execution = contender.parquet(job, directory);
    return new TimedRuns(
        contender, Sink.PARQUET, execution, job.events().rows(), directory, OptionalLong.empty());
  }

  /** Whether what the last run wrote has all rows. */
  void requireRows(AnswerCheck check) {
    if (directory != null) {
      check.requireRows(directory, rows);
    }
  }

  /** Runs once more, and counts. */
  double time() {
    Quiet.down();
    double last = run();
    seconds.add(last);
    return last;
  }

  /** Runs once more without counting. */
  double run() {
    long start = System.nanoTime();
    long folded = execution.run();
    double taken = (System.nanoTime() - start) / 1e9;
    operators = execution.operators();
    if (fold.isPresent() && folded != fold.getAsLong()) {
      throw new IllegalStateException(
          "Its rows fold to " + folded + ", those of its answer to " + fold.getAsLong());
    }
    fold = OptionalLong.of(folded);
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
