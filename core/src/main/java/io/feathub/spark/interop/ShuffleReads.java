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
package io.feathub.spark.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.sql.execution.CoalescedPartitionSpec;
import org.apache.spark.sql.execution.PartialReducerPartitionSpec;
import org.apache.spark.sql.execution.ShufflePartitionSpec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.ShufflePartitionsUtil$;
import org.apache.spark.sql.execution.adaptive.ShuffleQueryStageExec;
import org.apache.spark.sql.execution.exchange.ENSURE_REQUIREMENTS$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeLike;
import org.apache.spark.sql.execution.exchange.ShuffleOrigin;
import scala.Option;
import scala.collection.immutable.Seq;

/** How the partitions of a finished shuffle are read by tasks. */
public final class ShuffleReads {
  private final ShuffleQueryStageExec stage;
  private final MapOutputStatistics statistics;
  private final List<CoalescedPartitionSpec> parts;

  private ShuffleReads(
      ShuffleQueryStageExec stage,
      MapOutputStatistics statistics,
      List<CoalescedPartitionSpec> parts) {
    this.stage = stage;
    this.statistics = statistics;
    this.parts = parts;
  }

  /** What one task reads. */
  public record Part(ShufflePartitionSpec spec) {}

  /** Empty unless an input is a finished shuffle of which tasks read whole partitions. */
  public static Optional<ShuffleReads> of(
      SparkPlan input, Predicate<ShuffleExchangeLike> supported) {
    SparkPlan child = input instanceof AQEShuffleReadExec read ? read.child() : input;
    if (!(child instanceof ShuffleQueryStageExec stage)
        || !stage.isMaterialized()
        || stage.mapStats().isEmpty()
        || !supported.test(stage.shuffle())) {
      return Optional.empty();
    }
    MapOutputStatistics statistics = stage.mapStats().get();
    List<CoalescedPartitionSpec> parts = new ArrayList<>();
    if (input instanceof AQEShuffleReadExec read) {
      for (ShufflePartitionSpec spec : ScalaCollections.list(read.partitionSpecs())) {
        if (!(spec instanceof CoalescedPartitionSpec whole)) {
          return Optional.empty();
        }
        parts.add(whole);
      }
    } else {
      long[] bytes = statistics.bytesByPartitionId();
      for (int i = 0; i < bytes.length; i++) {
        parts.add(new CoalescedPartitionSpec(i, i + 1, Option.apply(bytes[i])));
      }
    }
    return Optional.of(new ShuffleReads(stage, statistics, parts));
  }

  /** The shuffles that Spark put in for what operators require, and no user asked for. */
  public static Seq<ShuffleOrigin> ofRequirements() {
    return ScalaCollections.seq(ENSURE_REQUIREMENTS$.MODULE$);
  }

  /** How many tasks read. */
  public int size() {
    return parts.size();
  }

  public Part part(int task) {
    return new Part(parts.get(task));
  }

  /** How many bytes each task reads. */
  public long[] sizes() {
    long[] bytes = statistics.bytesByPartitionId();
    long[] sizes = new long[parts.size()];
    for (int i = 0; i < sizes.length; i++) {
      CoalescedPartitionSpec part = parts.get(i);
      for (int p = part.startReducerIndex(); p < part.endReducerIndex(); p++) {
        sizes[i] += bytes[p];
      }
    }
    return sizes;
  }

  /** What one task reads in pieces of about a number of bytes, by the tasks that wrote it. */
  public List<Part> split(int task, long targetBytes) {
    CoalescedPartitionSpec part = parts.get(task);
    if (part.endReducerIndex() - part.startReducerIndex() != 1) {
      return List.of(part(task));
    }
    ShufflePartitionsUtil$ util = ShufflePartitionsUtil$.MODULE$;
    Option<Seq<PartialReducerPartitionSpec>> pieces =
        util.createSkewPartitionSpecs(
            statistics.shuffleId(),
            part.startReducerIndex(),
            targetBytes,
            util.SMALL_PARTITION_FACTOR());
    if (pieces.isEmpty()) {
      return List.of(part(task));
    }
    List<Part> split = new ArrayList<>();
    ScalaCollections.list(pieces.get()).forEach(piece -> split.add(new Part(piece)));
    return split;
  }

  /** The shuffle, read by tasks like these. */
  public SparkPlan read(List<Part> tasks) {
    List<ShufflePartitionSpec> specs = new ArrayList<>();
    tasks.forEach(task -> specs.add(task.spec()));
    return new AQEShuffleReadExec(stage, ScalaCollections.seq(specs));
  }
}
