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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory for the files of this process alone, empty at first. What a process left behind that
 * has ended is deleted by the next one.
 */
public final class WorkDirectory implements AutoCloseable {
  private final Path directory;
  private final Consumer<String> complaints;

  private WorkDirectory(Path directory, Consumer<String> complaints) {
    this.directory = directory;
    this.complaints = complaints;
  }

  /**
   * Makes the directory of this process.
   *
   * @param parent of the directories of all processes, which bear their numbers as names
   * @param complaints is told in a line what cannot be deleted, now or later
   */
  public static WorkDirectory below(Path parent, Consumer<String> complaints) {
    try {
      Files.createDirectories(parent);
      deleteLeftovers(parent, complaints);
      Path own = parent.resolve(Long.toString(ProcessHandle.current().pid()));
      return new WorkDirectory(Files.createDirectories(own), complaints);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot make a directory below " + parent, failure);
    }
  }

  public Path path() {
    return directory;
  }

  /** Deletes it. One that is not closed stays until the next process makes its own. */
  @Override
  public void close() {
    Directories.delete(directory, complaints);
  }

  private static void deleteLeftovers(Path parent, Consumer<String> complaints) throws IOException {
    List<Path> others;
    try (Stream<Path> children = Files.list(parent)) {
      others = children.filter(child -> !isOfAnotherLivingProcess(child)).toList();
    }
    others.forEach(other -> Directories.delete(other, complaints));
  }

  private static boolean isOfAnotherLivingProcess(Path directory) {
    String name = directory.getFileName().toString();
    return name.matches("\\d+")
        && Long.parseLong(name) != ProcessHandle.current().pid()
        && ProcessHandle.of(Long.parseLong(name)).isPresent();
  }
}
