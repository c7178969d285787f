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

/** Names by which those who measure and those who report mean the same. */
public final class Names {
  /** The contender that is FeatHub with default settings; names of its other forms start so. */
  public static final String FEATHUB = "feathub";

  /** The commit of FeatHub, among the versions of a machine. */
  public static final String FEATHUB_VERSION = "FeatHub";

  /** The part of a run that is the micro-benchmarks of inner loops. */
  public static final String KERNELS = "kernels";

  /** The curve along which the main job grows, where the cost of a row should stay the same. */
  public static final String ROWS = "rows";

  private Names() {}
}
