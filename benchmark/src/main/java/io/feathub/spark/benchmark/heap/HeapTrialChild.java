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

import com.sun.management.HotSpotDiagnosticMXBean;
import io.feathub.spark.benchmark.heap.ChildReport.Ending;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * The main class of a {@link HeapTrial}'s JVM: reads a task from its input, does it, and writes a
 * {@link ChildReport}. What else is printed goes to the error output.
 *
 * <p>It halts without any shutdown, which could hang or fail in a full heap. It also halts when its
 * input ends, as then its parent is gone.
 */
final class HeapTrialChild {
  private static final int ORPHANED = 4;

  private HeapTrialChild() {}

  /** Takes the name of a class that is a {@link HeapContenders}. */
  public static void main(String[] args) throws Exception {
    PrintStream output = System.out;
    System.setOut(System.err);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    HeapTask task = HeapTask.fromJson(input.readLine());
    haltAtEnd(input);
    String report = run(args[0], task).toJson();
    output.println(report);
    output.flush();
    Runtime.getRuntime().halt(0);
  }

  /** Whatever a contender throws, errors above all, is the result of the trial. */
  private static ChildReport run(String contenders, HeapTask task) {
    int heap = heapMegabytes();
    try {
      Callable<Checksum> job =
          Class.forName(contenders)
              .asSubclass(HeapContenders.class)
              .getConstructor()
              .newInstance()
              .prepare(task);
      long start = System.nanoTime();
      Checksum checksum = job.call();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new ChildReport(Ending.COMPLETED, heap, seconds, checksum, "completed");
    } catch (Throwable thrown) {
      thrown.printStackTrace();
      FailurePhrase failure = FailurePhrase.of(thrown);
      return new ChildReport(failure.ending(), heap, 0, null, failure.phrase());
    }
  }

  private static int heapMegabytes() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return (int) (Long.parseLong(machine.getVMOption("MaxHeapSize").getValue()) >> 20);
  }

  private static void haltAtEnd(BufferedReader input) {
    Thread watch =
        new Thread(
            () -> {
              // The parent writes nothing after the task, so this returns when it ends.
              input.lines().forEach(line -> {});
              Runtime.getRuntime().halt(ORPHANED);
            },
            "parent watch");
    watch.setDaemon(true);
    watch.start();
  }
}
