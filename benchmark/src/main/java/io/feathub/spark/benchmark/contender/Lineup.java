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

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who can take part. */
public interface Lineup {
  /** Why a contender is not there on this machine; empty if it is. */
  Optional<String> absence(String name);

  /** One that is there. */
  Contender named(String name);

  /**
   * The floors of a job.
   *
   * @param answer a directory of Parquet files with an answer to it
   */
  List<Contender> floors(Path answer);
}
