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
package io.feathub.spark.features.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where one write prepares its output, beside the target so that publishing is a rename:
 *
 * <pre>
 * .target.feathub-uuid/attempts/   files of all task attempts, also of lost and repeated ones
 *                      output/     the accepted files and _SUCCESS; becomes the target
 * </pre>
 *
 * A task that wakes up late writes to {@code attempts} and so never into what is published.
 */
final class StagingDirectory {
  private static final String ATTEMPTS = "attempts";

  private final Path root;
  private final FileSystem fileSystem;

  private StagingDirectory(Path root, FileSystem fileSystem) {
    this.root = root;
    this.fileSystem = fileSystem;
  }

  static StagingDirectory of(Path root, Configuration conf) throws IOException {
    return new StagingDirectory(root, withoutChecksumFiles(root.getFileSystem(conf)));
  }

  /** The staging directory whose attempts Spark writes to the given path. */
  static StagingDirectory ofAttempts(Path attempts, Configuration conf) throws IOException {
    return of(attempts.getParent(), conf);
  }

  /**
   * The file system without the layer that puts a hidden checksum file beside each file: output
   * consists of part files and the marker alone.
   */
  static FileSystem withoutChecksumFiles(FileSystem fileSystem) {
    return fileSystem instanceof ChecksumFileSystem checked
        ? checked.getRawFileSystem()
        : fileSystem;
  }

  Path root() {
    return root;
  }

  Path attempts() {
    return new Path(root, ATTEMPTS);
  }

  Path output() {
    return new Path(root, "output");
  }

  void create() throws IOException {
    makeDirectory(attempts());
  }

  /**
   * Moves the accepted files to the output, each after a look at it: a file that is not here in
   * full was written to a disk that this machine does not see.
   */
  void accept(List<StagedFile> files) throws IOException {
    for (StagedFile file : files) {
      requireVisible(file);
    }
    makeDirectory(output());
    for (StagedFile file : files) {
      if (!fileSystem.rename(new Path(attempts(), file.name()), new Path(output(), file.name()))) {
        throw new IOException("could not move " + file.name() + " to " + output());
      }
    }
    fileSystem.create(new Path(output(), "_SUCCESS"), false).close();
  }

  private void requireVisible(StagedFile file) throws IOException {
    Path path = new Path(attempts(), file.name());
    try {
      FileStatus status = fileSystem.getFileStatus(path);
      if (status.getLen() != file.length()) {
        throw SinkErrors.notShared(
            path, status.getLen() + " bytes", file.length(), root.getParent());
      }
    } catch (FileNotFoundException e) {
      throw SinkErrors.notShared(path, "no file", file.length(), root.getParent());
    }
  }

  /** Some file systems, the local one among them, answer false where others throw. */
  private void makeDirectory(Path directory) throws IOException {
    if (!fileSystem.mkdirs(directory)) {
      throw new IOException("could not make the directory " + directory);
    }
  }

  void delete() throws IOException {
    fileSystem.delete(root, true);
  }
}
