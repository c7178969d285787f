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
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.measure.AnswerCheck.Agreement;
import io.feathub.spark.benchmark.measure.AnswerCheck.WrongAnswer;
import io.feathub.spark.benchmark.results.Answer;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets contenders write their answers to a job, once each, and compares them. */
final class Answers {
  private final Workload workload;
  private final AnswerCheck check;
  private final Scratch scratch;
  private final Patience patience;
  private final Failures failures;
  private final Map<Contender, Path> exact = new LinkedHashMap<>();
  private final Set<String> warm = new HashSet<>();

  Answers(
      Workload workload, AnswerCheck check, Scratch scratch, Patience patience, Failures failures) {
    this.workload = workload;
    this.check = check;
    this.scratch = scratch;
    this.patience = patience;
    this.failures = failures;
  }

  /**
   * Two data sets, compared to the bit and to a relative 1e-12.
   *
   * @throws WrongAnswer if they differ, or if there are not two of them
   */
  Answer compared(List<Contender> taking) {
    Job job = workload.job();
    exact.putAll(write(taking, job, "exact"));
    long rows = check.compare(job, byName(exact), Agreement.TO_THE_BIT);
    Job edges = job.onTheEdges();
    Map<Contender, Path> rough = write(contenders(), edges, "edges");
    exact.keySet().retainAll(rough.keySet());
    long roughRows = check.compare(edges, byName(rough), Agreement.TO_1E12);
    return new Answer(rows, roughRows, List.copyOf(byName(exact).keySet()));
  }

  /** Those whose answers are right. */
  List<Contender> contenders() {
    return List.copyOf(exact.keySet());
  }

  /** Where an answer is that is right. */
  Path of(Contender contender) {
    return exact.get(contender);
  }

  /** Whether a contender ran so long that the compilers of the JVM have had their chance. */
  boolean warmedUp(String contender) {
    return warm.contains(contender);
  }

  private Map<Contender, Path> write(List<Contender> taking, Job job, String kind) {
    Map<Contender, Path> answers = new LinkedHashMap<>();
    for (Contender contender : taking) {
      Path directory = scratch.directory(kind, contender.name());
      failures.note(
          contender.name(),
          () -> {
            TimedRuns run = TimedRuns.parquet(contender, job, directory, null);
            double seconds = run.run();
            failures.progress().ran(contender.name(), "answer", seconds);
            patience.note(workload, contender.name(), seconds);
            if (seconds > Rounds.LONG_SECONDS) {
              warm.add(contender.name());
            }
            answers.put(contender, directory);
          });
    }
    if (answers.size() < 2) {
      throw new WrongAnswer("There are fewer than two of them, so that nothing can be compared");
    }
    return answers;
  }

  private static Map<String, Path> byName(Map<Contender, Path> answers) {
    Map<String, Path> byName = new LinkedHashMap<>();
    answers.forEach((contender, path) -> byName.put(contender.name(), path));
    return byName;
  }
}
