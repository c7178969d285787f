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

import io.feathub.spark.interop.ScalaCollections;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * How tasks write into a {@link StagingDirectory}: each attempt under names of its own, straight to
 * where the files stay until the driver accepts them. The messages of the tasks that Spark counts
 * tell the driver which files to accept; the others are never looked at.
 *
 * <p>Spark makes one on the driver and sends a copy to each task.
 */
public final class StagedCommitProtocol extends FileCommitProtocol implements Serializable {
  private final String attempts;
  private transient List<Path> written;

  /**
   * Called by Spark.
   *
   * @param jobId not used: names of attempts are unique within their directory
   * @param path the {@link StagingDirectory#attempts()} of a write
   */
  public StagedCommitProtocol(String jobId, String path) {
    this.attempts = path;
  }

  @Override
  public void setupJob(JobContext context) {
    unchecked(() -> staging(context).create());
  }

  @Override
  public void commitJob(JobContext context, Seq<TaskCommitMessage> messages) {
    List<StagedFile> files = new ArrayList<>();
    for (TaskCommitMessage message : ScalaCollections.list(messages)) {
      files.addAll(((TaskFiles) message.obj()).files());
    }
    unchecked(() -> staging(context).accept(files));
  }

  @Override
  public void abortJob(JobContext context) {
    // The whole staging directory goes when the write ends, see StagedWrite.
  }

  @Override
  public void setupTask(TaskAttemptContext context) {
    written = new ArrayList<>();
  }

  @Override
  public String newTaskTempFile(
      TaskAttemptContext context, Option<String> directory, FileNameSpec name) {
    if (directory.isDefined()) {
      throw new UnsupportedOperationException("The sink writes one directory, without partitions.");
    }
    int task = context.getTaskAttemptID().getTaskID().getId();
    int attempt = context.getTaskAttemptID().getId();
    Path file =
        new Path(attempts, name.prefix() + "part-%05d-%d".formatted(task, attempt) + name.suffix());
    written.add(file);
    return file.toString();
  }

  @Override
  public String newTaskTempFileAbsPath(
      TaskAttemptContext context, String directory, FileNameSpec name) {
    throw new UnsupportedOperationException("The sink writes one directory, without partitions.");
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext context) {
    List<StagedFile> files = new ArrayList<>();
    for (Path file : written) {
      unchecked(() -> files.add(new StagedFile(file.getName(), length(file, context))));
    }
    return new TaskCommitMessage(new TaskFiles(List.copyOf(files)));
  }

  @Override
  public void abortTask(TaskAttemptContext context) {
    for (Path file : written) {
      unchecked(() -> file.getFileSystem(context.getConfiguration()).delete(file, false));
    }
  }

  private static long length(Path file, TaskAttemptContext context) throws IOException {
    FileSystem fileSystem = file.getFileSystem(context.getConfiguration());
    return fileSystem.getFileStatus(file).getLen();
  }

  private StagingDirectory staging(JobContext context) throws IOException {
    return StagingDirectory.ofAttempts(new Path(attempts), context.getConfiguration());
  }

  /** Spark's methods are Scala's and declare no exceptions. */
  private static void unchecked(FileAction action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface FileAction {
    void run() throws IOException;
  }

  /** What a task tells the driver. */
  private record TaskFiles(List<StagedFile> files) implements Serializable {}
}
