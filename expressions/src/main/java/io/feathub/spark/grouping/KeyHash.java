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
package io.feathub.spark.grouping;

import org.apache.spark.sql.catalyst.expressions.XXH64;

/** The hash of keys: XXH64, of which the upper half is taken. */
final class KeyHash {
  static final int OF_NULL = 0x5bd1e995;

  private static final long SEED = 0x66656174_68756221L;

  private KeyHash() {}

  static int ofLong(long value) {
    return upperHalf(XXH64.hashLong(value, SEED));
  }

  static int ofBytes(Object base, long offset, int length) {
    return upperHalf(XXH64.hashUnsafeBytes(base, offset, length, SEED));
  }

  private static int upperHalf(long hash) {
    return (int) (hash >>> Integer.SIZE);
  }
}
