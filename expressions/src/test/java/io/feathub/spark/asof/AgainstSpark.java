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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Compares queries with themselves through Spark's own operators, by the off switch; fails if a
 * join of ours sorts its input.
 */
final class AgainstSpark {
  private AgainstSpark() {}

  /** Runs a query; fails unless its rows are the same both ways, in whatever order. */
  static Dataset<Row> assertSameRows(SparkSession spark, String query) {
    return assertSameRows(spark, query, query);
  }

  /**
   * The same; fails unless it runs by operators of these names, in whatever order, and no other.
   */
  static Dataset<Row> assertSameRowsBy(SparkSession spark, String query, String... operatorNames) {
    Dataset<Row> joined = assertSameRows(spark, query);
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .as(query)
        .extracting(AsOfJoinExec::nodeName)
        .containsExactlyInAnyOrder(operatorNames);
    return joined;
  }

  /**
   * The same for a query that reads the same rows in another way.
   *
   * @param forSpark what Spark's own operators run
   */
  static Dataset<Row> assertSameRows(SparkSession spark, String query, String forSpark) {
    Dataset<Row> joined = spark.sql(query);
    List<String> rows = sorted(joined.collectAsList());
    assertThat(rows).as(query).isEqualTo(throughSpark(spark, forSpark));
    assertThat(ExecutedPlan.of(joined).contains(AsOfJoinExec.class)).as(query).isTrue();
    assertSortsNothing(joined);
    return joined;
  }

  static List<String> throughSpark(SparkSession spark, String query) {
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    try {
      Dataset<Row> joined = spark.sql(query);
      List<String> rows = sorted(joined.collectAsList());
      assertThat(ExecutedPlan.of(joined).contains(AsOfJoinExec.class)).as(query).isFalse();
      return rows;
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  /**
   * Fails if more is sorted than the query says and samples of times need, unless for an operator
   * of Spark.
   */
  static void assertSortsNothing(Dataset<Row> joined) {
    ExecutedPlan plan = ExecutedPlan.of(joined);
    if (plan.operators(SparkPlan.class).stream().noneMatch(AgainstSpark::needsAnOrder)) {
      assertThat(plan.operators(SortExec.class))
          .as("sorts:%n%s", plan)
          .hasSizeLessThanOrEqualTo(sortsIn(ExecutedPlan.queryExecution(joined).optimizedPlan()));
    }
  }

  private static boolean needsAnOrder(SparkPlan operator) {
    return !(operator instanceof AsOfJoinExec)
        && ScalaCollections.list(operator.requiredChildOrdering()).stream()
            .anyMatch(order -> !order.isEmpty());
  }

  private static int sortsIn(LogicalPlan query) {
    AtomicInteger sorts = new AtomicInteger();
    PlanTraversal.visit(
        query,
        node -> {
          if (node instanceof Sort) {
            sorts.incrementAndGet();
          }
        });
    return sorts.get();
  }

  static List<String> sorted(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }
}
