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

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM like this one, but with a heap of its own. */
final class ChildJvm {
  /** Of the heap, or of agents and ports that two JVMs cannot share. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-Xmx",
          "-Xms",
          "-Xmn",
          "-Xlog",
          "-Xrun",
          "-XX:MaxHeapSize",
          "-XX:InitialHeapSize",
          "-XX:MinHeapSize",
          "-XX:MaxRAM",
          "-XX:MinRAM",
          "-XX:InitialRAM",
          "-XX:NewSize",
          "-XX:MaxNewSize",
          "-XX:SoftMaxHeapSize",
          "-XX:+HeapDumpOn",
          "-XX:OnOutOfMemoryError",
          // Spark's sorters survive an OutOfMemoryError by spilling; these would end them.
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+CrashOnOutOfMemoryError",
          "-XX:StartFlightRecording",
          "-XX:FlightRecorderOptions",
          "-javaagent",
          "-agentlib",
          "-agentpath",
          "-Dcom.sun.management.jmxremote",
          "-Djava.io.tmpdir");

  private ChildJvm() {}

  static List<String> command(Class<?> main, int heapMegabytes, Path temporary, List<String> rest) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
    command.add(main.getName());
    command.addAll(rest);
    return command;
  }

  static List<String> inherited(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> NOT_INHERITED.stream().noneMatch(argument::startsWith))
        .toList();
  }
}
