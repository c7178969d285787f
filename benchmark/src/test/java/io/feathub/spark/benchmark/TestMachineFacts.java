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
package io.feathub.spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestMachineFacts {
  @Test
  void givesWhatACommandPrints() {
    assertThat(MachineFacts.output(List.of("/bin/sh", "-c", "echo said"), 20)).hasValue("said");
    assertThat(MachineFacts.output(List.of("/bin/sh", "-c", "echo said; exit 1"), 20)).isEmpty();
    assertThat(MachineFacts.output(List.of("/no/such/command"), 20)).isEmpty();
  }

  @Test
  @Timeout(60)
  void aCommandThatHangsIsNotWaitedFor() {
    long start = System.nanoTime();
    assertThat(MachineFacts.output(List.of("sleep", "600"), 1)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void thereIsNoCommitOutsideOfACheckout() {
    assertThat(MachineFacts.commit(Path.of("/"))).isEmpty();
  }
}
