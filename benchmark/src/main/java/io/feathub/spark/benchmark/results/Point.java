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

/**
 * Where a workload lies on a growth curve.
 *
 * @param curve a name such as {@code rows}
 * @param axis what grows, with its unit, as a caption
 */
public record Point(String curve, String axis, long x) {
  /** Whether a workload of this name is nothing but this point. */
  public boolean isAllOf(String workload) {
    return workload().equals(workload);
  }

  /** The name of a workload that is nothing but this point. */
  public String workload() {
    return curve + '-' + x;
  }
}
