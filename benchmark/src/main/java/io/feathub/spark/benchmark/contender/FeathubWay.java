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
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.results.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** FeatHub as it comes, and with its as-of join held to one physical form. */
enum FeathubWay implements SparkWay {
  DEFAULT(Contenders.FEATHUB, ".*AsOfJoinExec", null),

  /** Spark's own node for as-of joins, as it comes from merge_asof of pandas on Spark. */
  AS_OF_JOIN(Contenders.FEATHUB_AS_OF_JOIN, ".*AsOfJoinExec", null) {
    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return SparkAsOfJoins.answer(session, job);
    }
  },
  BROADCAST(Contenders.FEATHUB_BROADCAST, "BroadcastAsOfJoinExec", "8g"),
  SHUFFLED(Contenders.FEATHUB_SHUFFLED, "ShuffledAsOfJoinExec", "0");

  private static final Pattern SPARKS_OWN =
      Pattern.compile(
          "WindowExec|SortExec|.*HashJoinExec|SortMergeJoinExec|.*NestedLoopJoinExec|CartesianProductExec");

  /** Only without a key the bounds of the ranges of time, one row, are broadcast to all rows. */
  private static final Pattern SPARKS_OWN_WITH_KEYS =
      Pattern.compile(SPARKS_OWN.pattern() + "|" + SparkOperators.NESTED_LOOP_OF_ONE_ROW);

  private final String label;
  private final String join;

  /** Null for that of FeatHub as it comes. */
  private final String broadcastThreshold;

  FeathubWay(String label, String join, String broadcastThreshold) {
    this.label = label;
    this.join = join;
    this.broadcastThreshold = broadcastThreshold;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Role role() {
    return Role.OURS;
  }

  @Override
  public SparkSession session(SparkSessions sessions) {
    return sessions.feathub(
        broadcastThreshold == null
            ? Map.of()
            : Map.of("spark.sql.feathub.asOf.broadcastThreshold", broadcastThreshold));
  }

  @Override
  public Optional<String> declines(Job job) {
    if (job.facts().isEmpty() && this != DEFAULT) {
      return Optional.of("there is no as-of join in this job");
    }
    return Optional.empty();
  }

  @Override
  public Dataset<Row> answer(SparkSession session, Job job) {
    return session.sql(JobSql.withAsOfFunction(job));
  }

  @Override
  public Evidence evidence(Job job) {
    List<String> required = new ArrayList<>();
    if (!job.facts().isEmpty()) {
      required.add(join);
    }
    if (!job.windows().isEmpty()) {
      required.add("StreamingWindowExec");
    }
    if (job.comesInOrderOfWindows()) {
      required.add(SparkOperators.WINDOW_IN_ORDER);
    }
    return new Evidence(required, job.keys() == AsOfKeys.NONE ? SPARKS_OWN : SPARKS_OWN_WITH_KEYS);
  }
}
