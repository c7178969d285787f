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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TestWorkDirectory {
  @TempDir private Path parent;
  private final List<String> complaints = new ArrayList<>();

  @Test
  void isGoneWhenClosed() throws IOException {
    Path path;
    try (WorkDirectory work = WorkDirectory.below(parent.resolve("new"), complaints::add)) {
      path = work.path();
      Files.createDirectories(path.resolve("deep/er"));
      assertThat(path).isDirectory().hasFileName(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void deletesWhatTheDeadLeftAndNothingOfTheLiving() throws IOException {
    long living = ProcessHandle.current().parent().orElseThrow().pid();
    Files.createDirectories(parent.resolve(Long.toString(living)));
    // Above what any system gives to a process.
    Files.createDirectories(parent.resolve("4194305999/inner"));
    Files.createDirectories(parent.resolve("main"));
    try (WorkDirectory work = WorkDirectory.below(parent, complaints::add)) {
      assertThat(parent.resolve(Long.toString(living))).isDirectory();
      assertThat(parent.resolve("4194305999")).doesNotExist();
      assertThat(parent.resolve("main")).doesNotExist();
      assertThat(work.path()).isDirectory();
    }
  }

  @Test
  void isEmptyAtFirstThoughAProcessOfTheSameNumberLeftFiles() throws IOException {
    String own = Long.toString(ProcessHandle.current().pid());
    Files.createDirectories(parent.resolve(own).resolve("inner"));
    try (WorkDirectory work = WorkDirectory.below(parent, complaints::add)) {
      assertThat(work.path()).isEmptyDirectory();
    }
  }

  /** Not even root deletes what Linux shows of a process. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBeDeletedIsToldAndNoError() {
    Directories.delete(Path.of("/proc/self/attr"), complaints::add);
    assertThat(complaints)
        .singleElement()
        .asString()
        .startsWith("cannot delete /proc/self/attr, which may be done by hand: ");
  }
}
