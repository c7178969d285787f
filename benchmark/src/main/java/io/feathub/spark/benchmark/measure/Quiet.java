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
package io.feathub.spark.benchmark.measure;

import java.io.IOException;

/** Lets what one contender left behind not be the next one's to do. */
final class Quiet {
  private Quiet() {}

  /**
   * Collects the garbage of this JVM, and waits until files are on disk where that can be asked.
   */
  static void down() {
    System.gc();
    try {
      new ProcessBuilder("sync").start().waitFor();
    } catch (IOException noSuchCommand) {
      // Then files are written while the next contender runs, as anywhere else.
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
