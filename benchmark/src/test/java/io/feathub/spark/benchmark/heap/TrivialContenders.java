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
package io.feathub.spark.benchmark.heap;

import io.feathub.spark.FeathubErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;

/** Jobs that show how a child can end. */
public final class TrivialContenders implements HeapContenders {
  /** So small that G1 does not give it regions of its own, which would take twice as much. */
  private static final int CHUNK = 1 << 18;

  @Override
  public Callable<Checksum> prepare(HeapTask task) {
    return switch (task.contender()) {
      case "100 MB" -> () -> hold(100);
      case "survivor" -> TrivialContenders::survive;
      case "endless" -> TrivialContenders::neverEnd;
      case "wrong" -> () -> new Checksum(1, Runtime.getRuntime().maxMemory());
      case "broken" -> TrivialContenders::fail;
      case "feathub" -> TrivialContenders::runOutOfFrames;
      case "scratch" -> () -> new Checksum(1, task.job().hashCode());
      case "spark" -> TrivialContenders::countBySpark;
      default -> throw new IllegalArgumentException(task.contender());
    };
  }

  private static Checksum hold(int megabytes) {
    List<byte[]> held = new ArrayList<>();
    for (long bytes = 0; bytes < (long) megabytes << 20; bytes += CHUNK) {
      held.add(new byte[CHUNK]);
    }
    return new Checksum(held.size() * (long) CHUNK / (1 << 20), 7);
  }

  private static Checksum survive() {
    try {
      return hold(1 << 20);
    } catch (OutOfMemoryError e) {
      return new Checksum(1, 7);
    }
  }

  private static Checksum neverEnd() throws InterruptedException {
    new CountDownLatch(1).await();
    return new Checksum(0, 0);
  }

  private static Checksum fail() {
    throw new IllegalStateException("no such table\nand a second line");
  }

  private static Checksum runOutOfFrames() {
    throw new RuntimeException(
        "Job aborted.",
        FeathubErrors.failure(
            "FEATHUB_WINDOW_OUT_OF_MEMORY", Map.of("needed", "100", "held", "0")));
  }

  private static Checksum countBySpark() {
    SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    return new Checksum(session.range(1000).count(), 0);
  }
}
