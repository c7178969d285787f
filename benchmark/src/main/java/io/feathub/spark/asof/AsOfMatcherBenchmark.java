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

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Finding left rows' matches, some rows at a time as the join does: the look-up of the key, the
 * search among the key's times, and reading a column of the match. Keys come in random order. An
 * operation is one left row.
 */
@State(Scope.Thread)
public class AsOfMatcherBenchmark {
  private static final int PROBES = 1 << 18;
  private static final int GROUP = 16;
  private static final long SEED = 7L;

  /** The number of keys and that of the versions of each. */
  @Param({"100x1", "100x100", "100x10000", "10000x100", "1000000x1"})
  private String keysByVersions;

  @Param private ProbeOrder order;

  private UnsafeRow[] keys;
  private long[] times;
  private AsOfIndex.Prober prober;
  private final LookUp[] group = new LookUp[GROUP];

  /** In which order the times of left rows come. */
  public enum ProbeOrder {
    RANDOM,
    SORTED
  }

  /** Its parameters are set by JMH. */
  public AsOfMatcherBenchmark() {}

  AsOfMatcherBenchmark(String keysByVersions, ProbeOrder order) {
    this.keysByVersions = keysByVersions;
    this.order = order;
  }

  /** Builds the index and makes the left rows. */
  @Setup
  public void prepare() {
    VersionedKeys right = right();
    Stream<InternalRow> rows =
        IntStream.range(0, right.rows())
            .mapToObj(row -> right.row(row / right.versions(), row % right.versions()));
    prober = VersionedKeys.prober(VersionedKeys.index(rows.iterator()), true);
    Arrays.setAll(group, i -> prober.newLookUp());
    times = times();
    int[] numbers = keyNumbers();
    // Left rows with equal keys share a row, which stays in the cache as a projected key does.
    UnsafeRow[] distinct = new UnsafeRow[right.keys()];
    keys = new UnsafeRow[PROBES];
    for (int i = 0; i < PROBES; i++) {
      if (distinct[numbers[i]] == null) {
        distinct[numbers[i]] = right.key(numbers[i]);
      }
      keys[i] = distinct[numbers[i]];
    }
  }

  /** The sum of the matches' values. */
  @Benchmark
  @OperationsPerInvocation(PROBES)
  public long find() {
    long sum = 0;
    for (int from = 0; from < PROBES; from += GROUP) {
      for (int i = 0; i < GROUP; i++) {
        group[i].start(keys[from + i], times[from + i]);
      }
      prober.prepare(group, 0, GROUP);
      for (int i = 0; i < GROUP; i++) {
        UnsafeRow match = prober.best(group[i], null);
        if (match != null) {
          sum += match.getLong(VersionedKeys.VALUE);
        }
      }
    }
    return sum;
  }

  VersionedKeys right() {
    int separator = keysByVersions.indexOf('x');
    return new VersionedKeys(
        Integer.parseInt(keysByVersions.substring(0, separator)),
        Integer.parseInt(keysByVersions.substring(separator + 1)));
  }

  /** The left rows' keys. */
  int[] keyNumbers() {
    return new SplittableRandom(SEED).ints(PROBES, 0, right().keys()).toArray();
  }

  /** The left rows' times; some are before the first version of their key. */
  long[] times() {
    long[] drawn = new SplittableRandom(SEED + 1).longs(PROBES, 0, right().span()).toArray();
    if (order == ProbeOrder.SORTED) {
      Arrays.sort(drawn);
    }
    return drawn;
  }
}
