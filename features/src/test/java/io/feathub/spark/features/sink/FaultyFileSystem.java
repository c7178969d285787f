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
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system under {@code faulty:}, on which one chosen call fails. */
public final class FaultyFileSystem extends FilterFileSystem {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static volatile int failing;
  private static volatile boolean deletionFailed;

  public FaultyFileSystem() {
    super(new FaultyLocal());
  }

  /** Lets the n-th call from now on fail; 0 lets all succeed. */
  static void failCall(int number) {
    CALLS.set(0);
    failing = number;
    deletionFailed = false;
  }

  static int calls() {
    return CALLS.get();
  }

  static boolean deletionFailed() {
    return deletionFailed;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  private static void count(String call) throws IOException {
    if (CALLS.incrementAndGet() == failing) {
      deletionFailed = call.equals("delete");
      throw new IOException("injected failure of " + call);
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    count("rename");
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    count("delete");
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    count("mkdirs");
    return super.mkdirs(path, permission);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    count("getFileStatus");
    return super.getFileStatus(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    count("create");
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  /** Local files under the scheme of the file system around it. */
  private static final class FaultyLocal extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("faulty:///");
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
      super.initialize(getUri(), conf);
    }
  }
}
