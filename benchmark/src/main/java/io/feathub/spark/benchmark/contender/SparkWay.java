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
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** What contenders on Spark differ in. */
interface SparkWay {
  /** The contender's name. */
  String label();

  Role role();

  /** A session for this way alone. */
  SparkSession session(SparkSessions sessions);

  /** As {@link Contender#declines}. */
  Optional<String> declines(Job job);

  /** The answer, not yet computed; the session has a view of each table of the job. */
  Dataset<Row> answer(SparkSession session, Job job);

  Evidence evidence(Job job);
}
