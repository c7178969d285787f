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
package io.feathub.spark.asof;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ShuffleReads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadRule;
import org.apache.spark.sql.execution.exchange.ShuffleOrigin;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;

/**
 * Splits a partition of an as-of join that has far more left rows than others, such as those of one
 * very frequent key, among several tasks. Left rows do not need each other, only the right rows of
 * their keys, which each of these tasks reads and indexes again.
 *
 * <pre>
 *   left  partitions [L1, L2, L3]         [L1, L2a, L2b, L2c, L3]
 *   right partitions [R1, R2, R3]  become [R1, R2,  R2,  R2,  R3]
 * </pre>
 *
 * <p>Of joins one above the other, which share the left exchange, all are split in the same way.
 *
 * <p>What counts as far more is for the session keys of Spark's own skewed joins to say. Spark
 * throws the change away where an operator above the join needs the rows of a key together.
 */
final class SplitSkewedAsOfJoins extends Rule<SparkPlan> implements AQEShuffleReadRule {

  @Override
  public Seq<ShuffleOrigin> supportedShuffleOrigins() {
    return ShuffleReads.ofRequirements();
  }

  @Override
  public SparkPlan apply(SparkPlan plan) {
    return SQLConf.get().getConf(SQLConf.SKEW_JOIN_ENABLED()).equals(true)
        ? PlanTraversal.rewriteDown(
            plan, node -> node instanceof ShuffledAsOfJoinExec join ? splitIfSkewed(join) : node)
        : plan;
  }

  /** The left rows are those of the join itself or, in a chain of joins, of the first one. */
  private SparkPlan splitIfSkewed(ShuffledAsOfJoinExec join) {
    return first(join).flatMap(this::partsOf).flatMap(parts -> split(join, parts)).orElse(join);
  }

  /** The input of a chain of joins that share its order of partitions. */
  private static Optional<SparkPlan> first(SparkPlan plan) {
    if (plan instanceof ShuffledAsOfJoinExec join) {
      return join.isSplit() ? Optional.empty() : first(join.left());
    }
    return isBetween(plan) ? first(plan.children().head()) : Optional.of(plan);
  }

  /** What may lie between the joins of a chain: it treats each row by itself. */
  private static boolean isBetween(SparkPlan plan) {
    return plan instanceof ProjectExec || plan instanceof FilterExec;
  }

  private Optional<Parts> partsOf(SparkPlan left) {
    return ShuffleReads.of(left, this::isSupported).flatMap(SplitSkewedAsOfJoins::partsOf);
  }

  /** Empty if no partition is large enough to be split. */
  private static Optional<Parts> partsOf(ShuffleReads reads) {
    long[] sizes = reads.sizes();
    long threshold = threshold(sizes);
    long target = target(sizes, threshold);
    List<ShuffleReads.Part> left = new ArrayList<>();
    List<Integer> tasks = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      List<ShuffleReads.Part> pieces =
          sizes[i] > threshold ? reads.split(i, target) : List.of(reads.part(i));
      for (ShuffleReads.Part piece : pieces) {
        left.add(piece);
        tasks.add(i);
      }
    }
    return tasks.size() == sizes.length
        ? Optional.empty()
        : Optional.of(new Parts(reads.read(left), tasks, sizes.length));
  }

  /**
   * How left rows are read.
   *
   * @param left in more tasks than before
   * @param tasks the task before of each
   * @param before how many there were
   */
  private record Parts(SparkPlan left, List<Integer> tasks, int before) {}

  /** Empty if some right side cannot be read again. */
  private Optional<SparkPlan> split(SparkPlan plan, Parts parts) {
    if (plan instanceof ShuffledAsOfJoinExec join) {
      return split(join.left(), parts)
          .flatMap(left -> repeated(join.right(), parts).map(right -> join.split(left, right)));
    }
    return isBetween(plan)
        ? split(plan.children().head(), parts).map(child -> PlanTraversal.withChild(plan, child))
        : Optional.of(parts.left());
  }

  private Optional<SparkPlan> repeated(SparkPlan right, Parts parts) {
    return ShuffleReads.of(right, this::isSupported)
        .filter(reads -> reads.size() == parts.before())
        .map(reads -> reads.read(parts.tasks().stream().map(reads::part).toList()));
  }

  private static long threshold(long[] sizes) {
    SQLConf conf = SQLConf.get();
    long least = (long) conf.getConf(SQLConf.SKEW_JOIN_SKEWED_PARTITION_THRESHOLD());
    double factor = (double) conf.getConf(SQLConf.SKEW_JOIN_SKEWED_PARTITION_FACTOR());
    long[] sorted = sizes.clone();
    Arrays.sort(sorted);
    long median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    return Math.max(least, (long) (factor * median));
  }

  /** As large as the others are on average, or as large as Spark wants partitions. */
  private static long target(long[] sizes, long threshold) {
    long advisory = (long) SQLConf.get().getConf(SQLConf.ADVISORY_PARTITION_SIZE_IN_BYTES());
    double average =
        Arrays.stream(sizes).filter(size -> size <= threshold).average().orElse((double) advisory);
    return Math.max(advisory, (long) average);
  }
}
