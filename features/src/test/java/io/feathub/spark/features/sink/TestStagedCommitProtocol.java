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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.interop.ScalaCollections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

class TestStagedCommitProtocol {
  private static final JobID JOB = new JobID("job", 1);

  @TempDir private Path directory;
  private final Configuration conf = new Configuration();
  private final JobContext job = new JobContextImpl(conf, JOB);
  private StagedCommitProtocol driver;

  @BeforeEach
  void setUpJob() {
    driver = protocol();
    driver.setupJob(job);
  }

  private StagedCommitProtocol protocol() {
    return new StagedCommitProtocol("job", attempts().toString());
  }

  private Path attempts() {
    return directory.resolve("staging/attempts");
  }

  private Path output() {
    return directory.resolve("staging/output");
  }

  private TaskAttemptContext attempt(int task, int number) {
    TaskID id = new TaskID(JOB, TaskType.MAP, task);
    return new TaskAttemptContextImpl(conf, new TaskAttemptID(id, number));
  }

  private TaskCommitMessage run(TaskAttemptContext attempt, String content) throws IOException {
    StagedCommitProtocol executor = protocol();
    executor.setupTask(attempt);
    String file =
        executor.newTaskTempFile(attempt, Option.empty(), FileNameSpec.apply("", "-c000.csv"));
    Files.writeString(Path.of(file), content);
    return executor.commitTask(attempt);
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void ofTwoAttemptsOfATaskOnlyTheAcceptedOneIsPublished() throws IOException {
    TaskCommitMessage first = run(attempt(0, 3), "first");
    run(attempt(0, 4), "second");

    driver.commitJob(job, ScalaCollections.seq(first));

    assertThat(names(output())).containsExactlyInAnyOrder("_SUCCESS", "part-00000-3-c000.csv");
    assertThat(output().resolve("part-00000-3-c000.csv")).hasContent("first");
  }

  @Test
  void anAttemptThatEndsLateDoesNotReachTheOutput() throws IOException {
    TaskCommitMessage first = run(attempt(0, 3), "first");
    driver.commitJob(job, ScalaCollections.seq(first));

    run(attempt(0, 4), "late");

    assertThat(names(output())).containsExactlyInAnyOrder("_SUCCESS", "part-00000-3-c000.csv");
  }

  @Test
  void anAbortedAttemptLeavesNoFile() throws IOException {
    StagedCommitProtocol executor = protocol();
    TaskAttemptContext attempt = attempt(0, 1);
    executor.setupTask(attempt);
    String file = executor.newTaskTempFile(attempt, Option.empty(), FileNameSpec.apply("", ".csv"));
    Files.writeString(Path.of(file), "half");
    executor.abortTask(attempt);

    assertThat(names(attempts())).isEmpty();
  }

  @Test
  void aFileThatTheDriverDoesNotSeeIsAnErrorAndNothingIsAccepted() throws IOException {
    TaskCommitMessage seen = run(attempt(0, 1), "here");
    TaskCommitMessage unseen = run(attempt(1, 2), "elsewhere");
    Files.delete(attempts().resolve("part-00001-2-c000.csv"));

    assertThatThrownBy(() -> driver.commitJob(job, ScalaCollections.seq(seen, unseen)))
        .hasMessageContaining("FEATHUB_OUTPUT_NOT_SHARED")
        .hasMessageContaining("wrote part-00001-2-c000.csv of 9 bytes")
        .hasMessageContaining("the driver finds no file of that name")
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("Mount a shared path");
    assertThat(output()).doesNotExist();
  }

  @Test
  void aFileOfAnotherLengthIsAnErrorAndNothingIsAccepted() throws IOException {
    TaskCommitMessage message = run(attempt(0, 1), "all of it");
    Files.writeString(attempts().resolve("part-00000-1-c000.csv"), "some");

    assertThatThrownBy(() -> driver.commitJob(job, ScalaCollections.seq(message)))
        .hasMessageContaining("FEATHUB_OUTPUT_NOT_SHARED")
        .hasMessageContaining("finds 4 bytes");
    assertThat(output()).doesNotExist();
  }
}
