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
package io.feathub.spark.benchmark.profile;

import com.sun.management.OperatingSystemMXBean;
import io.feathub.spark.benchmark.results.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Profiles what Spark's tasks do in this JVM, by Java Flight Recorder: every 10 ms the stacks of
 * running threads, each given to one operator. Threads that wait are not counted, and a stack is
 * sometimes missed, so the seconds are a lower bound and the shares are what counts.
 */
public final class OperatorProfile {
  static final Duration PERIOD = Duration.ofMillis(10);

  private static final String JAVA = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final String ALLOCATION = "jdk.ObjectAllocationSample";
  private static final String COLLECTION = "jdk.GarbageCollection";

  private OperatorProfile() {}

  /**
   * To be called before anything else runs. The first recording of a JVM throws compiled code away,
   * after which a run takes several times as long; that must not be the run that is profiled.
   */
  public static void prepare() {
    try (Recording recording = new Recording()) {
      recording.start();
    }
  }

  /**
   * Profiles an action. Other threads of this JVM should be idle.
   *
   * @param stages asked for after the action: what the stages of generated code are, see {@link
   *     CodegenStages}
   */
  public static Profile of(Runnable action, Supplier<Map<Integer, String>> stages) {
    try (Recording recording = new Recording()) {
      recording.enable(JAVA).withPeriod(PERIOD);
      recording.enable(NATIVE).withPeriod(PERIOD);
      recording.enable(ALLOCATION).with("throttle", "1000/s");
      recording.enable(COLLECTION).withThreshold(Duration.ZERO);
      recording.start();
      long cpu = processCpuNanos();
      long start = System.nanoTime();
      action.run();
      double wallSeconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (processCpuNanos() - cpu) / 1e9;
      recording.stop();
      return read(recording, new Samples(new Attribution(stages.get())), wallSeconds, cpuSeconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Profile read(
      Recording recording, Samples samples, double wallSeconds, double cpuSeconds)
      throws IOException {
    Path file = Files.createTempFile("feathub-profile", ".jfr");
    double pauseSeconds = 0;
    try {
      recording.dump(file);
      try (RecordingFile events = new RecordingFile(file)) {
        while (events.hasMoreEvents()) {
          RecordedEvent event = events.readEvent();
          switch (event.getEventType().getName()) {
            case JAVA, NATIVE -> addSample(samples, event);
            case ALLOCATION ->
                samples.addAllocation(
                    name(event.getThread()), stack(event), event.getLong("weight"));
            case COLLECTION -> pauseSeconds += event.getDuration("sumOfPauses").toNanos() / 1e9;
            default -> {
              // The recording's own events.
            }
          }
        }
      }
    } finally {
      Files.delete(file);
    }
    return new Profile(
        "samples of running threads every " + PERIOD.toMillis() + " ms",
        samples.count(),
        wallSeconds,
        cpuSeconds,
        pauseSeconds,
        samples.shares(PERIOD));
  }

  private static void addSample(Samples samples, RecordedEvent event) {
    String thread = name(event.getThread("sampledThread"));
    // A native frame of another thread is mostly one that waits: for a connection, or for a child.
    if (event.getEventType().getName().equals(JAVA) || Attribution.runsOperators(thread)) {
      samples.add(thread, stack(event));
    }
  }

  private static String name(RecordedThread thread) {
    return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
  }

  private static List<Frame> stack(RecordedEvent event) {
    List<Frame> stack = new ArrayList<>();
    if (event.getStackTrace() != null) {
      for (RecordedFrame frame : event.getStackTrace().getFrames()) {
        stack.add(new Frame(frame.getMethod().getType().getName(), frame.getMethod().getName()));
      }
    }
    return stack;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
