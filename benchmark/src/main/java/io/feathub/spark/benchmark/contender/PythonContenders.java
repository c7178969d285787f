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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.benchmark.data.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contenders written in Python: Polars, pandas and Tempo, each in a process of its own, so that
 * the memory of one is no burden to another. A process starts with the first job of its contender.
 *
 * <p>Without the virtual environment that {@code benchmark/python/install.sh} makes there are none,
 * and {@link #unavailable} says so.
 */
final class PythonContenders implements AutoCloseable {
  private static final String INSTALL = "run benchmark/python/install.sh";

  private final List<Contender> contenders;
  private final List<PythonWorker> workers;
  private final Map<String, String> versions;
  private final String unavailable;

  private PythonContenders(
      List<Contender> contenders,
      List<PythonWorker> workers,
      Map<String, String> versions,
      String unavailable) {
    this.contenders = List.copyOf(contenders);
    this.workers = List.copyOf(workers);
    this.versions = Map.copyOf(versions);
    this.unavailable = unavailable;
  }

  /**
   * Where Python is and what it may use.
   *
   * @param venv the virtual environment
   * @param worker the script {@code worker.py}, with {@code requirements.txt} beside it
   * @param logs the directory for the processes' standard error
   * @param work the directory for their temporary files
   * @param memory the heap of the JVM that Tempo starts, as in {@code 4g}; the others take what
   *     they need
   * @param limit how long one run may take
   */
  record Setup(
      Path venv, Path worker, Path logs, Path work, int cores, String memory, Duration limit) {}

  /** The contenders that are installed; never an error. */
  static PythonContenders open(DataDirectory data, Setup setup) {
    Optional<String> missing = missing(setup);
    if (missing.isPresent()) {
      return new PythonContenders(List.of(), List.of(), Map.of(), missing.get());
    }
    List<Contender> contenders = new ArrayList<>();
    List<PythonWorker> workers = new ArrayList<>();
    for (PythonLibrary library : PythonLibrary.values()) {
      PythonWorker worker = worker(library, setup);
      workers.add(worker);
      contenders.add(new PythonContender(library, worker, data));
    }
    return new PythonContenders(contenders, workers, versions(setup), null);
  }

  /** Empty if they are unavailable. */
  List<Contender> all() {
    return contenders;
  }

  /** Why there are no contenders, and what to do; empty if there are. */
  Optional<String> unavailable() {
    return Optional.ofNullable(unavailable);
  }

  /** The versions that are installed, by package. */
  Map<String, String> versions() {
    return versions;
  }

  /** Ends all processes. */
  @Override
  public void close() {
    workers.forEach(PythonWorker::close);
  }

  private static Optional<String> missing(Setup setup) {
    try {
      if (!Files.isExecutable(python(setup))) {
        return Optional.of("not installed; " + INSTALL);
      }
      if (!Files.exists(installed(setup))) {
        return Optional.of("not installed to the end; " + INSTALL);
      }
      Path required = setup.worker().resolveSibling("requirements.txt");
      if (Files.mismatch(installed(setup), required) >= 0) {
        return Optional.of("outdated; " + INSTALL);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the packages in " + setup.venv() + " cannot be checked: " + e);
    }
  }

  static PythonWorker worker(PythonLibrary library, Setup setup) {
    // No user's settings, no packages of the user, and no files beside the scripts.
    List<String> command =
        List.of(
            python(setup).toAbsolutePath().toString(),
            "-E",
            "-s",
            "-B",
            setup.worker().toAbsolutePath().toString(),
            library.label(),
            Integer.toString(setup.cores()),
            setup.memory());
    Path log = setup.logs().resolve(library.label() + ".log");
    return new PythonWorker(
        library.label(), command, log, setup.work().resolve(library.label()), setup.limit());
  }

  private static Map<String, String> versions(Setup setup) {
    try {
      Map<String, String> versions = new LinkedHashMap<>();
      for (String line : Files.readAllLines(installed(setup))) {
        List<String> parts = Arrays.asList(line.split("==", -1));
        if (parts.size() == 2) {
          versions.put(parts.get(0), parts.get(1));
        }
      }
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path python(Setup setup) {
    return setup.venv().resolve("bin").resolve("python");
  }

  private static Path installed(Setup setup) {
    return setup.venv().resolve("installed-requirements.txt");
  }
}
