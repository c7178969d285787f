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
import io.feathub.spark.benchmark.results.Role;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** One way to do a job. */
public interface Contender {
  String name();

  Role role();

  /** Why this contender leaves a job out, in a phrase for the report; empty if it takes part. */
  default Optional<String> declines(Job job) {
    return Optional.empty();
  }

  /** Whether it is in a process of its own, which nobody else warms up. */
  default boolean hasItsOwnProcess() {
    return false;
  }

  /** The job into a checksum. */
  Execution checksum(Job job);

  /**
   * What the checksum of an answer is, by the rows that this contender wrote to Parquet files;
   * empty if it gives no answers.
   */
  default OptionalLong fold(Job job, Path answer) {
    return OptionalLong.empty();
  }

  /**
   * The job into Parquet files of a directory, which is replaced. Columns as in the job, in order.
   */
  Execution parquet(Job job, Path directory);
}
