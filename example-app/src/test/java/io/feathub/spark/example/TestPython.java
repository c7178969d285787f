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
package io.feathub.spark.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPython {
  private static final Path SCRIPT = Launched.ROOT.resolve("example-app/src/test/python/as_of.py");

  @Test
  void expressionsAndMergeAsofRunOnFeathub(@TempDir Path directory) throws Exception {
    Python python = new Python(directory);
    assumeTrue(python.has("pyspark.pandas"), "pandas on Spark is not installed");

    Python.Ended ended = python.run(SCRIPT.toString(), TestBundle.bundle().toString());

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("all rows are right");
  }
}
