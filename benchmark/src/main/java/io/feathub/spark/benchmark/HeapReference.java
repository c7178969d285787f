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

import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.contender.Execution;
import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.files.Directories;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.measure.Progress;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import java.nio.file.Path;

/**
 * The answer that those of small heaps have to equal: a contender's that has memory enough, folded
 * as all contenders on Spark fold theirs.
 */
final class HeapReference {
  private final Lineup lineup;
  private final Path work;
  private final Progress progress;

  /**
   * Nothing runs yet.
   *
   * @param work a directory that exists, for an answer that is deleted when it is folded
   */
  HeapReference(Lineup lineup, Path work, Progress progress) {
    this.lineup = lineup;
    this.work = work;
    this.progress = progress;
  }

  Checksum of(HeapWorkload heap) {
    Contender reference = lineup.named(heap.reference());
    Path answer = work.resolve(heap.name() + "-answer");
    try {
      Execution execution = reference.parquet(heap.job(), answer);
      execution.run();
      execution.operators();
      long hash = lineup.named(Contenders.SPARK_UNION).fold(heap.job(), answer).orElseThrow();
      return new Checksum(heap.job().events().rows(), hash);
    } finally {
      Directories.delete(answer, progress::say);
    }
  }
}
