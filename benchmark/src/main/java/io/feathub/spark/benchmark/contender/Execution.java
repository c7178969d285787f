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

import io.feathub.spark.benchmark.heap.WrongResult;
import io.feathub.spark.benchmark.results.Profile;
import java.util.List;
import java.util.Optional;

/** A contender about to do a job; may be run again and again. */
public interface Execution {
  /**
   * Does the job from its input files to its sink. What is timed is this and nothing else.
   *
   * @return for a checksum what all rows fold to, the same in every run; for files 0
   */
  long run();

  /**
   * The operators that the run before used, to be asked after each run: on Spark those of the plan
   * that was executed, in DuckDB and Polars those of the same query explained, in pandas, which
   * plans nothing, the functions that were called.
   *
   * @throws WrongOperator if they are not the ones whose speed this contender claims to show
   */
  List<String> operators();

  /** Runs once more, and says where the time went; empty if nobody can tell. */
  default Optional<Profile> profile() {
    return Optional.empty();
  }

  /** A run used other operators than those under test, so that its time says nothing. */
  final class WrongOperator extends RuntimeException implements WrongResult {
    private static final long serialVersionUID = 1;

    public WrongOperator(String message) {
      super(message);
    }
  }
}
