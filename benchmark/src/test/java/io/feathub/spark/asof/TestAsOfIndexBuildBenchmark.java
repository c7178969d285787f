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

import io.feathub.spark.asof.AsOfIndexBuildBenchmark.RowOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestAsOfIndexBuildBenchmark {
  @Test
  void theIndexHasEveryRowAtItsTimeAndNoOther() {
    for (int versions : new int[] {1, 100, 10_000}) {
      for (RowOrder order : RowOrder.values()) {
        AsOfIndexBuildBenchmark benchmark = new AsOfIndexBuildBenchmark(versions, order);
        benchmark.prepare();
        check((AsOfIndex) benchmark.build(), benchmark.right(), versions + " " + order);
      }
    }
  }

  private static void check(AsOfIndex index, VersionedKeys right, String what) {
    assertThat(index.tiedRows()).isZero();
    AsOfIndex.Prober before = VersionedKeys.prober(index, false);
    AsOfIndex.Prober atOrBefore = VersionedKeys.prober(index, true);
    for (int number = 0; number < right.rows(); number += 37) {
      int key = number / right.versions();
      int version = number % right.versions();
      UnsafeRow keyRow = right.key(key);
      long time = right.time(key, version);
      assertThat(value(atOrBefore, keyRow, time)).as(what).isEqualTo(right.value(key, version));
      assertThat(value(before, keyRow, time))
          .as(what)
          .isEqualTo(version == 0 ? 0 : right.value(key, version - 1));
    }
  }

  private static long value(AsOfIndex.Prober prober, UnsafeRow key, long time) {
    LookUp lookUp = prober.newLookUp();
    lookUp.start(key, time);
    prober.prepare(new LookUp[] {lookUp}, 0, 1);
    UnsafeRow row = prober.best(lookUp, null);
    return row == null ? 0 : row.getLong(VersionedKeys.VALUE);
  }
}
