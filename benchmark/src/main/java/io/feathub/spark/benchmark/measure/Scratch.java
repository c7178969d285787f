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

import io.feathub.spark.benchmark.files.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for what contenders write. */
final class Scratch {
  private final Path root;
  private final Progress progress;

  Scratch(Path root, Progress progress) {
    this.root = root;
    this.progress = progress;
  }

  /** A directory for a contender, not yet made; its parent is there. */
  Path directory(String kind, String contender) {
    Path parent = root.resolve(kind);
    try {
      Files.createDirectories(parent);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return parent.resolve(contender.replaceAll("[^A-Za-z0-9]+", "-"));
  }

  void delete() {
    Directories.delete(root, progress::say);
  }
}
