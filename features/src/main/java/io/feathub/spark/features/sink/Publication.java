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

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Makes a finished directory appear at its target by one rename. What is at the target already is
 * never mixed with it: it is an error, or, when it may be replaced, is set aside by a rename first
 * and put back if the second rename fails.
 *
 * <p>On a file system whose rename copies, such as an object store, readers see the copy grow.
 */
final class Publication {
  private final FileSystem fileSystem;
  private final Path target;
  private final boolean replace;

  private Publication(FileSystem fileSystem, Path target, boolean replace) {
    this.fileSystem = fileSystem;
    this.target = target;
    this.replace = replace;
  }

  static Publication to(Path target, boolean replace, Configuration conf) throws IOException {
    FileSystem fileSystem = target.getFileSystem(conf);
    return new Publication(
        StagingDirectory.withoutChecksumFiles(fileSystem),
        fileSystem.makeQualified(target),
        replace);
  }

  Path target() {
    return target;
  }

  /** Refuses a target that exists and may not be replaced, before any work is done for it. */
  void requireFree() throws IOException {
    if (target.isRoot() || (!replace && fileSystem.exists(target))) {
      throw SinkErrors.pathExists(target);
    }
  }

  /**
   * Publishes a directory.
   *
   * @param output on the file system of the target
   * @param old a path beside the target that does not exist, for what is replaced
   */
  void publish(Path output, Path old) throws IOException {
    if (!fileSystem.exists(target)) {
      move(output);
      return;
    }
    if (!replace) {
      throw SinkErrors.pathAppeared(target);
    }
    rename(target, old);
    try {
      move(output);
    } catch (IOException | RuntimeException e) {
      putBack(old, e);
      throw e;
    }
    fileSystem.delete(old, true);
  }

  private void move(Path output) throws IOException {
    rename(output, target);
    // A rename onto a directory that appeared meanwhile moves into it rather than failing.
    Path inside = new Path(target, output.getName());
    if (fileSystem.exists(inside)) {
      fileSystem.delete(inside, true);
      throw SinkErrors.pathAppeared(target);
    }
  }

  private void putBack(Path old, Exception failure) {
    try {
      if (!fileSystem.exists(target)) {
        rename(old, target);
        return;
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
    throw SinkErrors.swapFailed(target, old, failure);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }
}
