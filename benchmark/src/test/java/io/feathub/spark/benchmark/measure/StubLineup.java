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

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Contenders that do what a test says, and a small workload for all of them. */
final class StubLineup implements Lineup {
  /** The condition of an as-of join to facts of one version. */
  static final String RIGHT = "e.ts >= f.ts";

  private final SparkSession session;
  private final DataDirectory data;
  private final Map<String, StubContender> contenders = new LinkedHashMap<>();

  StubLineup(SparkSession session) {
    this.session = session;
    this.data = new DataDirectory(session, BenchmarkDirectories.DATA);
  }

  /** One that is right, or is wrong as its name says. */
  void add(String name) {
    add(name, RIGHT);
  }

  void add(String name, String match) {
    add(name, match, StubLineup::nothing, StubLineup::nothing);
  }

  void add(String name, String match, Runnable beforeRun, Runnable evidence) {
    contenders.put(name, new StubContender(name, session, data, match, beforeRun, evidence));
  }

  /** One called broken, whose every run throws this unchecked exception or error. */
  void addFailing(Throwable failure) {
    add(
        "broken",
        RIGHT,
        () -> {
          throw unchecked(failure);
        },
        StubLineup::nothing);
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  static void nothing() {}

  List<String> names() {
    return List.copyOf(contenders.keySet());
  }

  int runs(String name) {
    return contenders.get(name).runs();
  }

  /** The answers and rounds of all contenders, into a checksum. */
  WorkloadResult measure(int rounds, String... further) {
    return interleaved(rounds)
        .measure(workload(null, Duration.ofMinutes(1), Sink.CHECKSUM, further));
  }

  Interleaved interleaved(int rounds) {
    return new Interleaved(
        this,
        session,
        BenchmarkDirectories.WORK,
        new Rounds(0, rounds, false),
        new SilentProgress());
  }

  /**
   * @param further contenders that are not there
   */
  Workload workload(Point point, Duration patience, Sink sink, String... further) {
    List<String> names = new ArrayList<>(contenders.keySet());
    names.addAll(List.of(further));
    Job job =
        new Job(
            Events.purchases(100, 10, 10), AsOfKeys.ITEM, List.of(Facts.prices(10, 1)), List.of());
    return new Workload("stubs", "stubs", job, names, List.of(sink), point, patience);
  }

  @Override
  public Optional<String> absence(String name) {
    return contenders.containsKey(name) ? Optional.empty() : Optional.of("not on this machine");
  }

  @Override
  public Contender named(String name) {
    return contenders.get(name);
  }

  @Override
  public List<Contender> floors(Path answer) {
    return List.of();
  }
}
