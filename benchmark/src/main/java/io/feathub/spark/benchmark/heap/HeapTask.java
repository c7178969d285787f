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
package io.feathub.spark.benchmark.heap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.feathub.spark.benchmark.job.Job;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a child JVM is to do, once, into a checksum. It travels as JSON.
 *
 * <p>Temporary files belong into the child's {@code java.io.tmpdir}, a directory of the trial alone
 * that is deleted when the child has ended, however it ended.
 *
 * @param contender by name
 * @param data the root of the generated tables, which exist already
 */
public record HeapTask(String contender, Job job, Path data) {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HeapTask fromJson(String json) {
    try {
      return JSON.readValue(json, HeapTask.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
