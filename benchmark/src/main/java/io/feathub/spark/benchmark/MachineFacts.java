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
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds out what this machine is. */
final class MachineFacts {
  private static final long MEGABYTE = 1 << 20;
  private static final long GIT_SECONDS = 20;

  private MachineFacts() {}

  static Machine of(int cores, Map<String, String> versions) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        cpu(),
        cores,
        system.getTotalMemorySize() / MEGABYTE,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Runtime.getRuntime().maxMemory() / MEGABYTE,
        versions);
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
    String commit = git(home, "rev-parse", "--short", "HEAD");
    boolean changed = !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty();
    return commit.isEmpty() ? "" : commit + (changed ? " with changes" : "");
  }

  private static String git(Path home, String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("git", "-C", home.toString());
      builder.command().addAll(List.of(arguments));
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? output.strip()
          : "";
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
