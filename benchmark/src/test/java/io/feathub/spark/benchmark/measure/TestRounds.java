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
package io.feathub.spark.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestRounds {
  private static final Rounds USUAL = new Rounds(2, 5, false);

  @Test
  void warmUpGoesOnForItsTimeOrTwentyRuns() {
    assertThat(USUAL.isWarm(List.of(), false)).isFalse();
    assertThat(USUAL.isWarm(List.of(1.0, 0.9), false)).isFalse();
    assertThat(USUAL.isWarm(List.of(1.0, 1.1), false)).isTrue();
    assertThat(USUAL.isWarm(Collections.nCopies(19, 0.01), false)).isFalse();
    assertThat(USUAL.isWarm(Collections.nCopies(20, 0.01), false)).isTrue();
  }

  @Test
  void aProcessOfItsOwnIsWarmWhenItGetsNoFaster() {
    assertThat(USUAL.isWarm(List.of(), true)).isFalse();
    assertThat(USUAL.isWarm(List.of(20.0), true)).isFalse();
    assertThat(USUAL.isWarm(List.of(4.42, 3.68, 2.77), true)).isFalse();
    assertThat(USUAL.isWarm(List.of(4.42, 3.68, 2.77, 2.52), true)).isTrue();
    assertThat(USUAL.isWarm(List.of(2.0, 2.2), true)).isTrue();
  }

  @Test
  void aProcessThatNeverSettlesRunsTenTimes() {
    List<Double> restless =
        Collections.nCopies(9, List.of(1.0, 2.0)).stream().flatMap(List::stream).toList();
    assertThat(USUAL.isWarm(restless.subList(0, 9), true)).isFalse();
    assertThat(USUAL.isWarm(restless.subList(0, 10), true)).isTrue();
  }

  @Test
  void withoutWarmUpEverybodyIsReady() {
    assertThat(new Rounds(0, 1, false).isWarm(List.of(), true)).isTrue();
    assertThat(new Rounds(0, 1, false).isWarm(List.of(), false)).isTrue();
  }
}
