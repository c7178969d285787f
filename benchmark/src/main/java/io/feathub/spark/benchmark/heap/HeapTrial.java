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
package io.feathub.spark.benchmark.heap;

import io.feathub.spark.benchmark.files.Directories;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.results.HeapResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a contender once in a JVM of its own, with the arguments and class path of this one but with
 * a heap of a given size. What it prints is kept in a log file per trial.
 *
 * <p>The child is killed when its time is over, when the thread that waits for it is interrupted,
 * and, by itself, when this JVM ends.
 */
public final class HeapTrial {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Class<? extends HeapContenders> contenders;
  private final Path logs;
  private final Path work;
  private final Duration limit;
  private final Consumer<String> complaints;

  /**
   * @param logs the directory where what children print is kept
   * @param work the directory for the temporary files of trials
   * @param limit from the start of the child on
   * @param complaints is told in a line what temporary files cannot be deleted
   */
  public HeapTrial(
      Class<? extends HeapContenders> contenders,
      Path logs,
      Path work,
      Duration limit,
      Consumer<String> complaints) {
    this.contenders = contenders;
    this.logs = logs;
    this.work = work;
    this.limit = limit;
    this.complaints = complaints;
  }

  /**
   * Runs a trial, whose answer nobody checks. What it lacked to complete was memory or time.
   *
   * @throws TrialFailed if it failed for another reason
   */
  TrialOutcome run(HeapTask task, int heapMegabytes) throws InterruptedException {
    String name =
        String.format(
            "%s-%dm-%d",
            task.contender().replaceAll("[^A-Za-z0-9]+", "-"),
            heapMegabytes,
            NUMBER.incrementAndGet());
    Path temporary = work.resolve(name);
    Path log = logs.resolve(name + ".log");
    Path output = work.resolve(name + ".out");
    try {
      Files.createDirectories(temporary);
      Files.createDirectories(logs);
      Process child = start(task, heapMegabytes, temporary, output, log);
      return outcome(task, heapMegabytes, end(child, output, log), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Directories.delete(temporary, complaints);
    }
  }

  /**
   * Runs a trial whose answer is known.
   *
   * @throws TrialFailed if it answers otherwise
   */
  HeapResult.Trial run(HeapTask task, int heapMegabytes, Checksum expected)
      throws InterruptedException {
    TrialOutcome outcome = run(task, heapMegabytes);
    if (outcome.trial().completed() && !outcome.checksum().equals(expected)) {
      throw TrialFailed.wrongAnswer(task, heapMegabytes, expected, outcome.checksum());
    }
    return outcome.trial();
  }

  private Process start(HeapTask task, int heapMegabytes, Path temporary, Path output, Path log)
      throws IOException {
    Process child =
        new ProcessBuilder(
                ChildJvm.command(
                    HeapTrialChild.class, heapMegabytes, temporary, List.of(contenders.getName())))
            .redirectOutput(output.toFile())
            .redirectError(log.toFile())
            .start();
    // Stays open: its end tells the child that this JVM is gone.
    OutputStream input = child.getOutputStream();
    input.write((task.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
    return child;
  }

  /** Whether it ended by itself. */
  private boolean await(Process child) throws InterruptedException {
    try {
      return child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      kill(child);
    }
  }

  private static void kill(Process child) {
    List<ProcessHandle> descendants = child.descendants().toList();
    child.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    // Its files are deleted next, so it has to be gone. A killed process ends soon.
    child.onExit().join();
  }

  private ChildEnd end(Process child, Path output, Path log)
      throws IOException, InterruptedException {
    boolean inTime = await(child);
    Optional<ChildReport> report = ChildReport.last(Files.readString(output));
    Files.delete(output);
    return new ChildEnd(inTime, child.exitValue(), report, mentionsOutOfMemory(log));
  }

  private TrialOutcome outcome(HeapTask task, int heapMegabytes, ChildEnd end, Path log) {
    end.report().ifPresent(report -> checkHeap(task, heapMegabytes, report, log));
    if (end.completed()) {
      ChildReport report = end.report().orElseThrow();
      return new TrialOutcome(
          new HeapResult.Trial(heapMegabytes, true, report.seconds(), report.phrase()),
          report.checksum());
    }
    String lacked =
        end.lacked(limit)
            .orElseThrow(
                () -> TrialFailed.forAnotherReason(task, heapMegabytes, end.otherFailure(), log));
    return new TrialOutcome(new HeapResult.Trial(heapMegabytes, false, 0, lacked), null);
  }

  /** An environment variable can override the command line. */
  private static void checkHeap(HeapTask task, int heapMegabytes, ChildReport report, Path log) {
    // The JVM rounds up to whole regions.
    if (report.heapMegabytes() < heapMegabytes || report.heapMegabytes() > heapMegabytes + 32) {
      throw TrialFailed.forAnotherReason(
          task, heapMegabytes, "its heap was of " + report.heapMegabytes() + " MB", log);
    }
  }

  private static boolean mentionsOutOfMemory(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.contains("java.lang.OutOfMemoryError"));
    }
  }
}
