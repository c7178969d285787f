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

  /** Null for a checksum. */
  private final Path directory;

  private final List<Double> seconds = new ArrayList<>();
  private List<String> operators = List.of();
  private Profile profile;

  /** Where the answer is that was compared with the others; null for a floor and for the answer. */
  private final Path answer;

  private final Job job;

  /** What a checksum has to be; empty for files, and if nobody can tell. */
  private final OptionalLong fold;

  /** What the run before folded to; empty before the first. */
  private OptionalLong last = OptionalLong.empty();

  private TimedRuns(
      Contender contender,
      Sink sink,
      Job job,
      Execution execution,
      Path directory,
      Path answer,
      OptionalLong fold) {
    this.contender = contender;
    this.sink = sink;
    this.job = job;
    this.execution = execution;
    this.directory = directory;
    this.answer = answer;
    this.fold = fold;
  }

  /**
   * Into a checksum, which has to be that of the answer.
   *
   * @param answer null for a floor
   */
  static TimedRuns checksum(Contender contender, Job job, Path answer) {
    OptionalLong fold = answer == null ? OptionalLong.empty() : contender.fold(job, answer);
    return new TimedRuns(
        contender, Sink.CHECKSUM, job, contender.checksum(job), null, answer, fold);
  }

  /**
   * Into files, whose rows have to be those of the answer.
   *
   * @param answer null for a floor, and when it is the answer that is written
   */
  static TimedRuns parquet(Contender contender, Job job, Path directory, Path answer) {
    Execution execution = contender.parquet(job, directory);
    return new TimedRuns(
        contender, Sink.PARQUET, job, execution, directory, answer, OptionalLong.empty());
  }

  /** Throws unless the files of the last run, if it wrote any, are the answer or have its rows. */
  void requireAnswer(AnswerCheck check) {
    if (directory == null) {
      return;
    }
    check.requireRows(directory, job.events().rows());
    OptionalLong expected = answer == null ? OptionalLong.empty() : contender.fold(job, answer);
    if (expected.isPresent()) {
      long written = contender.fold(job, directory).getAsLong();
      requireEqual("The rows it wrote fold to ", written, "those of its answer", expected);
    }
  }

  /** Runs once more, and counts. */
  double time() {
    Quiet.down();
    double taken = run();
    seconds.add(taken);
    return taken;
  }

  /** Runs once more without counting. */
  double run() {
    long start = System.nanoTime();
    long folded = execution.run();
    double taken = (System.nanoTime() - start) / 1e9;
    operators = execution.operators();
    requireEqual("Its rows fold to ", folded, "those of its answer", fold);
    requireEqual("Its rows fold to ", folded, "in the run before", last);
    last = OptionalLong.of(folded);
    return taken;
  }

  private static void requireEqual(String begin, long found, String other, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != found) {
      throw new IllegalStateException(begin + found + ", " + other + " to " + expected.getAsLong());
    }
  }

  boolean hasItsOwnProcess() {
    return contender.hasItsOwnProcess();
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
