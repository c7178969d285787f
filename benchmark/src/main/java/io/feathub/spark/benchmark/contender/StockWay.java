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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Spark without FeatHub, by hand. */
enum StockWay implements SparkWay {
  /** Union and last_value; sliding windows as Spark has them by default. */
  UNION(Contenders.SPARK_UNION) {
    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withUnion(job));
    }
  },

  /** The same with Spark's segment trees, which are off by default. */
  SEGMENT_TREE(Contenders.SPARK_SEGMENT_TREE) {
    @Override
    public SparkSession session(SparkSessions sessions) {
      return sessions.stock(Map.of("spark.sql.window.segmentTree.enabled", "true"));
    }

    @Override
    public Evidence evidence(Job job) {
      return windows(job, SparkOperators.SEGMENT_TREES);
    }

    @Override
    public Optional<String> declines(Job job) {
      return job.windows().isEmpty()
          ? Optional.of("there is no window in this job")
          : Optional.empty();
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withUnion(job));
    }
  },

  /** An inequality join, and row_number. */
  ROW_NUMBER(Contenders.SPARK_ROW_NUMBER) {
    @Override
    public Optional<String> declines(Job job) {
      return tooManyPairs(job);
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return session.sql(JobSql.withRowNumber(job));
    }
  },

  /** The as-of join that pandas on Spark uses, which Spark rewrites to a correlated subquery. */
  AS_OF_JOIN(Contenders.SPARK_AS_OF_JOIN) {
    @Override
    public Optional<String> declines(Job job) {
      return tooManyPairs(job);
    }

    @Override
    public Dataset<Row> answer(SparkSession session, Job job) {
      return SparkAsOfJoins.answer(session, job);
    }

    /**
     * The aggregate that finds the latest fact, above a join of Spark's own that forms all pairs.
     */
    @Override
    public Evidence evidence(Job job) {
      String join =
          job.keys() == AsOfKeys.ITEM
              ? "(BroadcastHash|ShuffledHash|SortMerge)JoinExec"
              : "BroadcastNestedLoopJoinExec|CartesianProductExec";
      return new Evidence(List.of("SortAggregateExec", join), FEATHUBS_OWN);
    }
  };

  /** Pairs of rows that a join may form, which takes a minute or two. */
  private static final long MOST_PAIRS = 200_000_000;

  private static final Pattern FEATHUBS_OWN = Pattern.compile(".*AsOf.*|StreamingWindow.*");

  private final String label;

  StockWay(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public SparkSession session(SparkSessions sessions) {
    return sessions.stock(Map.of());
  }

  @Override
  public Optional<String> declines(Job job) {
    return Optional.empty();
  }

  @Override
  public Evidence evidence(Job job) {
    return windows(job, "WindowExec");
  }

  private static Evidence windows(Job job, String operator) {
    List<String> required = new ArrayList<>(List.of(operator));
    if (job.comesInOrderOfWindows()) {
      required.add(SparkOperators.WINDOW_IN_ORDER);
    }
    return new Evidence(required, FEATHUBS_OWN);
  }

  private static Optional<String> tooManyPairs(Job job) {
    if (job.facts().isEmpty()) {
      return Optional.of("there is no as-of join in this job");
    }
    long pairs =
        job.facts().stream()
            .mapToLong(
                table ->
                    job.events().rows()
                        * (job.keys() == AsOfKeys.ITEM ? table.versions() : table.rows()))
            .max()
            .orElseThrow();
    return pairs > MOST_PAIRS
        ? Optional.of(String.format(Locale.ROOT, "forms up to %,d pairs of rows", pairs))
        : Optional.empty();
  }
}
