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

import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the contenders of workloads against each other: first the answers, which have to be the
 * same, then the times, in rounds in each of which every contender runs once.
 *
 * <p>A machine that is slow for a while is so for all of them alike. The order within a round
 * changes from round to round, so that nobody always runs after the same other.
 */
public final class Interleaved {
  private final Lineup lineup;
  private final AnswerCheck check;
  private final Path workDirectory;
  private final Rounds rounds;
  private final Progress progress;
  private final Patience patience = new Patience();

  /**
   * Nothing runs yet.
   *
   * @param session of stock Spark, which compares the answers
   * @param workDirectory where answers are written, and removed again
   * @param progress is told of every run
   */
  public Interleaved(
      Lineup lineup, SparkSession session, Path workDirectory, Rounds rounds, Progress progress) {
    this.lineup = lineup;
    this.check = new AnswerCheck(session);
    this.workDirectory = workDirectory;
    this.rounds = rounds;
    this.progress = progress;
  }

  /**
   * Learns from a workload that an earlier run has measured who was too slow for its curve.
   *
   * @param earlier of as many rounds as this one
   */
  public void takeOver(Workload workload, WorkloadResult earlier) {
    for (Timing timing : earlier.timings()) {
      if (timing.role() != Role.FLOOR) {
        patience.note(workload, timing, rounds.timed());
      }
    }
    for (LeftOut out : earlier.leftOut()) {
      if (isOfPatience(workload, out)) {
        patience.leaveOut(workload, out.contender(), out.reason());
      }
    }
  }

  /** Whether there is no other reason to leave a contender out. */
  private boolean isOfPatience(Workload workload, LeftOut out) {
    return !out.reason().equals(WorkloadRun.ALONE)
        && lineup.absence(out.contender()).isEmpty()
        && lineup.named(out.contender()).declines(workload.job()).isEmpty();
  }

  /** Runs a workload. What went wrong is in the result. */
  public WorkloadResult measure(Workload workload) {
    Scratch scratch = new Scratch(workDirectory.resolve(workload.name()), progress);
    try {
      return new WorkloadRun(workload, lineup, check, scratch, patience, progress).result(rounds);
    } finally {
      scratch.delete();
    }
  }
}
