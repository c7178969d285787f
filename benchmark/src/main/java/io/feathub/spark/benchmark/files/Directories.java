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
package io.feathub.spark.benchmark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Directories that are of no use after a run. */
public final class Directories {
  private Directories() {}

  /**
   * Deletes a directory with all that is in it, if it exists; links are not followed. What cannot
   * be deleted is no error: what was measured is worth more than a tidy disk.
   *
   * @param complaints is told in a line what is left, and why
   */
  public static void delete(Path directory, Consumer<String> complaints) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> innerFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : innerFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException failure) {
      complaints.accept("cannot delete " + directory + ", which may be done by hand: " + failure);
    }
  }
}
