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
package io.feathub.spark.spill;

/** The seeds of random tests: by the clock, or the one of {@code -Dfeathub.test.seed}. */
final class Seeds {
  private Seeds() {}

  /** A seed, printed so that a failure can be repeated. */
  static long next(Class<?> test) {
    long seed = Long.getLong("feathub.test.seed", System.nanoTime());
    System.out.printf("%s: -Dfeathub.test.seed=%d%n", test.getSimpleName(), seed);
    return seed;
  }
}
