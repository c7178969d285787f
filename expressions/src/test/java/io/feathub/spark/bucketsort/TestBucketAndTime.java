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

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestBucketAndTime {
  private static long micros(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000;
  }

  @Test
  void theRangeIsThatOfTheDocumentation() {
    assertThat(BucketAndTime.FIRST).isEqualTo(micros("1700-01-01T00:00:00Z"));
    assertThat(BucketAndTime.LAST).isGreaterThan(micros("2270-01-01T00:00:00Z"));
    assertThat(BucketAndTime.fits(BucketAndTime.FIRST)).isTrue();
    assertThat(BucketAndTime.fits(BucketAndTime.LAST)).isTrue();
    assertThat(BucketAndTime.fits(0)).isTrue();
    assertThat(BucketAndTime.fits(BucketAndTime.FIRST - 1)).isFalse();
    assertThat(BucketAndTime.fits(BucketAndTime.LAST + 1)).isFalse();
    assertThat(BucketAndTime.fits(Long.MIN_VALUE)).isFalse();
    assertThat(BucketAndTime.fits(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void packedLongsSortByTimeWithinEachBucket() {
    long seed = 99;
    Random random = new Random(seed);
    long[] times = new long[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] =
          BucketAndTime.FIRST
              + (long) (random.nextDouble() * (BucketAndTime.LAST - BucketAndTime.FIRST));
    }
    times[0] = BucketAndTime.FIRST;
    times[1] = BucketAndTime.LAST;
    Arrays.sort(times);
    for (int bucket : new int[] {0, 1, 511, 512, 1023}) {
      long previous = BucketAndTime.packUntimed(bucket, true);
      for (long time : times) {
        long packed = BucketAndTime.pack(bucket, time);
        assertThat(packed).as("seed " + seed + ", time " + time).isGreaterThanOrEqualTo(previous);
        previous = packed;
      }
      assertThat(BucketAndTime.packUntimed(bucket, false)).isGreaterThan(previous);
      assertThat(BucketAndTime.pack(bucket, BucketAndTime.FIRST))
          .isGreaterThan(BucketAndTime.packUntimed(bucket, true));
    }
  }

  @Test
  void bucketsDoNotOverlap() {
    for (int bucket = 0; bucket < 1023; bucket++) {
      long last = BucketAndTime.packUntimed(bucket, false);
      long next = BucketAndTime.packUntimed(bucket + 1, true);
      assertThat(next - last).isEqualTo(1);
    }
  }

  @Test
  void keysSpreadOverTheBuckets() {
    UnsafeRow key = new UnsafeRow(1);
    key.pointTo(new byte[16], 16);
    boolean[] seen = new boolean[1024];
    for (long id = 0; id < 20_000; id++) {
      key.setLong(0, id);
      seen[BucketAndTime.bucket(key)] = true;
    }
    assertThat(seen).doesNotContain(false);
  }
}
