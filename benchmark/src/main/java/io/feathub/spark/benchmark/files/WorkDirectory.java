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
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for the temporary files of this process alone. What a process left behind that was
 * killed is deleted by the next one.
 */
public final class WorkDirectory implements AutoCloseable {
  private final Path directory;

  private WorkDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the directory of this process.
   *
   * @param parent of the directories of all processes, which bear their numbers as names
   */
  public static WorkDirectory below(Path parent) {
    try {
      Files.createDirectories(parent);
      deleteLeftovers(parent);
      Path own = parent.resolve(Long.toString(ProcessHandle.current().pid()));
      return new WorkDirectory(Files.createDirectories(own));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot make a directory below " + parent, failure);
    }
  }

  public Path path() {
    return directory;
  }

  @Override
  public void close() {
    Directories.delete(directory);
  }

  private static void deleteLeftovers(Path parent) throws IOException {
    List<Path> others;
    try (Stream<Path> children = Files.list(parent)) {
      others = children.filter(child -> !isOfALivingProcess(child)).toList();
    }
    others.forEach(Directories::delete);
  }

  private static boolean isOfALivingProcess(Path directory) {
    String name = directory.getFileName().toString();
    return name.matches("\\d+") && ProcessHandle.of(Long.parseLong(name)).isPresent();
  }
}
