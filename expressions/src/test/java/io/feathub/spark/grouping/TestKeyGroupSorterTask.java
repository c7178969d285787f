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
package io.feathub.spark.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.grouping.RowOrder.Ties;
import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.QueryExecution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tasks of a job, to which keys and orders are sent. */
class TestKeyGroupSorterTask {
  private static final String THRESHOLD = "spark.shuffle.spill.numElementsForceSpillThreshold";
  private static final int KEYS = 50;

  @ParameterizedTest
  @ValueSource(strings = {"10", "2147483647"})
  void eachTaskGroupsItsRows(String threshold) {
    SparkSession spark = TestSession.stock();
    Dataset<Row> table =
        spark.sql("SELECT id % 50 AS k, -id AS t FROM range(0, 2000, 1, 2) WHERE id % 3 < 2");
    QueryExecution execution = ((org.apache.spark.sql.classic.Dataset<Row>) table).queryExecution();
    List<Attribute> columns = ScalaCollections.list(execution.executedPlan().output());
    RowKeySpec keys = RowKeySpec.of(columns.subList(0, 1), columns);
    RowOrder order =
        RowOrder.of(
            List.of(CatalystExpressions.ascending(columns.get(1))), columns, Ties.BY_CONTENT);
    SparkEnv.get().conf().set(THRESHOLD, threshold);
    try {
      List<Long> found =
          execution
              .toRdd()
              .toJavaRDD()
              .mapPartitions(rows -> TestKeyGroupSorterTask.keysInOrder(rows, keys, order))
              .collect();
      assertThat(found).hasSize(2 * KEYS);
      assertThat(found.subList(0, KEYS)).doesNotHaveDuplicates();
      assertThat(found.subList(KEYS, 2 * KEYS)).doesNotHaveDuplicates();
    } finally {
      SparkEnv.get().conf().remove(THRESHOLD);
    }
  }

  /** The keys, each as often as the sorter says that it begins. */
  private static Iterator<Long> keysInOrder(
      Iterator<InternalRow> input, RowKeySpec keys, RowOrder order) {
    TaskContext task = TaskContext.get();
    KeyGroupSorter sorter = new KeyGroupSorter(keys, order, 2, task);
    input.forEachRemaining(row -> sorter.insert((UnsafeRow) row));
    List<Long> found = new ArrayList<>();
    long last = 0;
    KeyedRows rows = sorter.sorted();
    while (rows.advanceNext()) {
      long time = rows.row().getLong(1);
      if (rows.atNewKey()) {
        found.add(rows.row().getLong(0));
      } else {
        assertThat(time).isGreaterThan(last);
        assertThat(rows.row().getLong(0)).isEqualTo(found.get(found.size() - 1));
      }
      last = time;
    }
    boolean spills = SparkEnv.get().conf().get(THRESHOLD).equals("10");
    assertThat(sorter.spillBytes() > 0).isEqualTo(spills);
    assertThat(task.taskMetrics().memoryBytesSpilled()).isEqualTo(sorter.spillBytes());
    return found.iterator();
  }
}
