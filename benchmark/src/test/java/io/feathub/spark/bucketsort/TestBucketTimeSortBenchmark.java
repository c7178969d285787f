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
package io.feathub.spark.bucketsort;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.TestSession;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestBucketTimeSortBenchmark {
  /** Spark sorts prefixes as signed numbers, of which buckets are the upper bits. */
  private static int signedBucket(UnsafeRow row) {
    UnsafeRow key = new UnsafeRow(1);
    key.pointTo(new byte[16], 16);
    key.setLong(0, row.getLong(0));
    return key.hashCode() & 0xFFC0_0000;
  }

  @Test
  void rowsComeByBucketThenTime() {
    // Both use the context that is there.
    TestSession.stock();
    for (boolean radix : new boolean[] {true, false}) {
      BucketTimeSortBenchmark benchmark = new BucketTimeSortBenchmark(radix);
      benchmark.prepare();
      UnsafeRow[] rows = benchmark.rows();
      Arrays.sort(
          rows,
          Comparator.comparingInt(TestBucketTimeSortBenchmark::signedBucket)
              .thenComparingLong(row -> row.getLong(1)));
      long hash = 0;
      for (UnsafeRow row : rows) {
        hash = 31 * hash + row.getLong(2);
      }
      assertThat(benchmark.sort()).as("radix " + radix).isEqualTo(hash);
      assertThat(benchmark.sort()).as("again, radix " + radix).isEqualTo(hash);
      benchmark.close();
    }
  }
}
