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
package io.feathub.spark.benchmark.workload;

import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import java.time.Duration;
import java.util.List;

/**
 * A job and those who do it side by side.
 *
 * @param title one line for the report
 * @param contenders by name
 * @param point null for a workload that is not part of a growth curve
 * @param patience a contender that takes longer than this for one run is timed in one round only,
 *     and left out at the points that follow on the curve
 */
public record Workload(
    String name,
    String title,
    Job job,
    List<String> contenders,
    List<Sink> sinks,
    Point point,
    Duration patience) {
  /** One that is not part of a curve, into a checksum if no sink is named. */
  static Workload of(
      String name,
      String title,
      Job job,
      List<String> contenders,
      Duration patience,
      Sink... sinks) {
    List<Sink> to = sinks.length == 0 ? List.of(Sink.CHECKSUM) : List.of(sinks);
    return new Workload(name, title, job, contenders, to, null, patience);
  }

  /** The same workload as a point of a growth curve. */
  Workload on(Point changed) {
    return new Workload(name, title, job, contenders, sinks, changed, patience);
  }

  /** Whether it is nothing but a point of a growth curve. */
  public boolean isOnlyAPoint() {
    return point != null && point.isAllOf(name);
  }
}
