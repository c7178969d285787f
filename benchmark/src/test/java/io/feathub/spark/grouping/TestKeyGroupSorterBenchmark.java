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

import io.feathub.spark.benchmark.kernel.RandomRows;
import io.feathub.spark.testing.TestSession;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestKeyGroupSorterBenchmark {
  @Test
  void rowsOfEachKeyComeByTime() {
    // Uses the context that is there.
    TestSession.stock();
    KeyGroupSorterBenchmark benchmark = new KeyGroupSorterBenchmark();
    benchmark.prepare();
    UnsafeRow[] rows = benchmark.rows();
    Arrays.sort(rows, Comparator.comparingLong(row -> row.getLong(RandomRows.TIME)));
    Map<Long, Long> hashes = new HashMap<>();
    for (UnsafeRow row : rows) {
      long number = row.getLong(RandomRows.NUMBER);
      hashes.merge(row.getLong(RandomRows.KEY), number, (hash, next) -> 31 * hash + next);
    }
    long sum = hashes.values().stream().mapToLong(Long::longValue).sum();
    assertThat(benchmark.sort()).isEqualTo(sum);
    assertThat(benchmark.sort()).as("again").isEqualTo(sum);
    benchmark.close();
  }
}
