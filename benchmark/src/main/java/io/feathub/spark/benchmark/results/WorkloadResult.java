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
package io.feathub.spark.benchmark.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * One workload: who took how long.
 *
 * @param rows events of the job
 * @param point null for a workload that is not part of a growth curve
 * @param answer null if no rows were compared, or they were not the same
 * @param failures of contenders that should have taken part; the run has failed if there are any
 */
public record WorkloadResult(
    String name,
    String title,
    long rows,
    Point point,
    Answer answer,
    List<Timing> timings,
    List<LeftOut> leftOut,
    List<String> failures) {
  /** Whether it is nothing but a point of a growth curve. */
  @JsonIgnore
  public boolean isOnlyAPoint() {
    return point != null && point.isAllOf(name);
  }
}
