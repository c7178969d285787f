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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.heap.HeapContenders;
import io.feathub.spark.benchmark.heap.HeapTask;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The contenders on Spark, for a JVM whose heap is the question. */
public final class SparkInSmallHeaps implements HeapContenders {
  /** Called by name in the JVM of a trial. */
  public SparkInSmallHeaps() {}

  @Override
  public Callable<Checksum> prepare(HeapTask task) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    int cores = Runtime.getRuntime().availableProcessors();
    SparkSessions spark = new SparkSessions(cores, temporary);
    DataDirectory data = new DataDirectory(spark.stock(), task.data());
    List<SparkContender> contenders = SparkContender.all(spark, data);
    Execution execution = named(task.contender(), contenders).checksum(task.job());
    return () -> {
      long hash = execution.run();
      execution.operators();
      return new Checksum(task.job().events().rows(), hash);
    };
  }

  private static SparkContender named(String name, List<SparkContender> contenders) {
    return contenders.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
