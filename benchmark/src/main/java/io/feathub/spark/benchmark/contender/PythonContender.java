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
package io.feathub.spark.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Role;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A Python library in a process of its own. */
final class PythonContender implements Contender {
  private final PythonLibrary library;
  private final PythonWorker worker;
  private final DataDirectory data;

  PythonContender(PythonLibrary library, PythonWorker worker, DataDirectory data) {
    this.library = library;
    this.worker = worker;
    this.data = data;
  }

  @Override
  public String name() {
    return library.label();
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public Optional<String> declines(Job job) {
    return library.declines(job);
  }

  @Override
  public boolean hasItsOwnProcess() {
    return true;
  }

  @Override
  public Execution checksum(Job job) {
    return prepared(job, PythonCommands.checksum(job, data));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    return prepared(job, PythonCommands.parquet(job, data, directory));
  }

  @Override
  public OptionalLong fold(Job job, Path answer) {
    return OptionalLong.of(folded(job, worker.call(PythonCommands.fold(job.columns(), answer))));
  }

  /** The start of the process and the import of the library are no part of a run. */
  private Execution prepared(Job job, JsonNode command) {
    return new PythonExecution(job, command, worker.prepare());
  }

  /** Files have no checksum, and fold to 0. */
  private static long folded(Job job, JsonNode answer) {
    WrongRows.unlessEqual(answer.path("rows").asLong(-1), job.events().rows());
    return new BigInteger(answer.path("checksum").asText("0")).longValue();
  }

  private final class PythonExecution implements Execution {
    private final Job job;
    private final JsonNode command;
    private final Process process;
    private long lastRun;

    private PythonExecution(Job job, JsonNode command, Process process) {
      this.job = job;
      this.command = command;
      this.process = process;
    }

    @Override
    public long run() {
      JsonNode answer = worker.callIn(process, command);
      lastRun = answer.path("run").asLong();
      return folded(job, answer);
    }

    @Override
    public List<String> operators() {
      List<String> operators = new ArrayList<>();
      worker
          .callIn(process, PythonCommands.operators(lastRun))
          .path("operators")
          .forEach(operator -> operators.add(operator.asText()));
      library.check(job, operators);
      return operators.stream().distinct().toList();
    }
  }
}
