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
package io.feathub.spark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.feathub.spark.benchmark.results.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out what this machine is. */
final class MachineFacts {
  private static final long MEGABYTE = 1 << 20;
  private static final long GIT_SECONDS = 20;

  private MachineFacts() {}

  static Machine of(int cores, Map<String, String> versions) {
    return new Machine(
        cpu(),
        cores,
        memoryMegabytes(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Runtime.getRuntime().maxMemory() / MEGABYTE,
        versions);
  }

  static long memoryMegabytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / MEGABYTE;
  }

  private static String cpu() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.exists(info)
          ? Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(System.getProperty("os.arch"))
          : System.getProperty("os.arch");
    } catch (IOException unreadable) {
      return System.getProperty("os.arch");
    }
  }

  /** The commit that is measured, marked if files differ from it; empty outside a checkout. */
  static String commit(Path home) {
    String commit = git(home, "rev-parse", "--short", "HEAD").orElse("");
    // Where git does not say in time, files may differ.
    boolean changed =
        git(home, "status", "--porcelain", "--untracked-files=no")
            .map(files -> !files.isEmpty())
            .orElse(true);
    return commit.isEmpty() ? "" : commit + (changed ? " with changes" : "");
  }

  private static Optional<String> git(Path home, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(arguments));
    return output(command, GIT_SECONDS);
  }

  /** What a command prints; empty if it fails, or is not done within some seconds. */
  static Optional<String> output(List<String> command, long seconds) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      try {
        String text = output.get(seconds, TimeUnit.SECONDS).strip();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException | ExecutionException | TimeoutException unknown) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
