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

import io.feathub.spark.benchmark.kernel.FakeTask;
import io.feathub.spark.benchmark.kernel.RandomRows;
import io.feathub.spark.grouping.RowOrder.Ties;
import io.feathub.spark.interop.CatalystExpressions;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Grouping rows by key, each key's rows by time, as a window does: putting them in, sorting, and
 * going through them. An operation is one of {@link RandomRows}.
 */
@State(Scope.Thread)
public class KeyGroupSorterBenchmark {
  private static final RowKeySpec KEYS =
      new RowKeySpec(List.of(new BoundReference(RandomRows.KEY, DataTypes.LongType, false)));

  private UnsafeRow[] rows;
  private FakeTask task;
  private RowOrder byTime;

  /** Makes the rows, and what a sorter needs around it. */
  @Setup
  public void prepare() {
    task = new FakeTask();
    byTime =
        RowOrder.of(
            List.of(
                CatalystExpressions.ascending(
                    new BoundReference(RandomRows.TIME, DataTypes.LongType, false))),
            List.of(),
            Ties.AS_INSERTED);
    rows = RandomRows.newRows();
  }

  /** For each key a hash of its rows' numbers in their order; all of them added up. */
  @Benchmark
  @OperationsPerInvocation(RandomRows.ROWS)
  public long sort() {
    return task.run(this::sortInTask);
  }

  private long sortInTask() {
    KeyGroupSorter sorter =
        new KeyGroupSorter(KEYS, byTime, RandomRows.SCHEMA.size(), TaskContext.get());
    for (UnsafeRow row : rows) {
      sorter.insert(row);
    }
    KeyedRows sorted = sorter.sorted();
    long sum = 0;
    long hash = 0;
    while (sorted.advanceNext()) {
      if (sorted.atNewKey()) {
        sum += hash;
        hash = 0;
      }
      hash = 31 * hash + sorted.row().getLong(RandomRows.NUMBER);
    }
    return sum + hash;
  }

  @TearDown
  public void close() {
    task.close();
  }

  UnsafeRow[] rows() {
    return rows.clone();
  }
}
