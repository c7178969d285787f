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

import io.feathub.spark.benchmark.job.Job;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The libraries that {@code worker.py} knows, and how far each is taken. */
enum PythonLibrary {
  POLARS("ASOF JOIN", "rolling_", false) {
    @Override
    Optional<String> declines(Job job) {
      return tooManyValues(job, POLARS_MAX_VALUES);
    }
  },
  PANDAS("merge_asof", "rolling.", false) {
    @Override
    Optional<String> declines(Job job) {
      return tooManyValues(job, PANDAS_MAX_VALUES);
    }
  },
  // Its join is a window as well, but of another kind of frames.
  TEMPO("Window Row", "Window Range", true) {
    @Override
    Optional<String> declines(Job job) {
      long shuffled = job.events().rows() * Math.max(1, job.facts().size());
      if (shuffled > TEMPO_MAX_ROWS) {
        return Optional.of("each join shuffles and sorts all rows: it takes minutes");
      }
      return Optional.empty();
    }
  };

  /** Rows times columns of the answer; Polars takes about 18 bytes for each, here 11 GB. */
  private static final long POLARS_MAX_VALUES = 600_000_000;

  /** Rows times columns of the answer; pandas takes about 34 bytes for each, here 10 GB. */
  private static final long PANDAS_MAX_VALUES = 300_000_000;

  /** Rows times joins: beyond, a run takes more than about a minute on two cores. */
  private static final long TEMPO_MAX_ROWS = 10_000_000;

  private final String join;
  private final String window;
  private final boolean windowsShareOperators;

  PythonLibrary(String join, String window, boolean windowsShareOperators) {
    this.join = join;
    this.window = window;
    this.windowsShareOperators = windowsShareOperators;
  }

  /** Why a job is left out; empty if it is not. */
  abstract Optional<String> declines(Job job);

  /** What the worker, and the report, call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that a run used what this library is measured for, once for each table and window.
   *
   * @param operators each as often as it occurs
   * @throws Execution.WrongOperator if not
   */
  void check(Job job, List<String> operators) {
    require(join, job.facts().size(), operators);
    int windows = job.windows().size();
    require(window, windowsShareOperators ? Math.min(1, windows) : windows, operators);
  }

  private void require(String prefix, int times, List<String> operators) {
    long found = operators.stream().filter(operator -> operator.startsWith(prefix)).count();
    if (found < times) {
      throw new Execution.WrongOperator(
          String.format(
              "%s ran with %d %s, not %d, among %s",
              label(), found, prefix, times, String.join(", ", operators)));
    }
  }

  private static Optional<String> tooManyValues(Job job, long limit) {
    return job.events().rows() * job.columns().size() > limit
        ? Optional.of("it holds all rows in memory at once: more than 10 GB")
        : Optional.empty();
  }
}
