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
package io.feathub.spark.connector.read;

/** Throws what Spark's Scala code throws without declaring it. */
final class Unchecked {
  private Unchecked() {}

  static RuntimeException rethrow(Throwable thrown) {
    throw Unchecked.<RuntimeException>cast(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // That is the trick.
  private static <T extends Throwable> T cast(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
