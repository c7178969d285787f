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
package io.feathub.spark.benchmark;

import java.nio.file.Path;

/** The module's directory, and where tests leave files. */
public final class BenchmarkDirectories {
  public static final Path MODULE = Path.of(System.getProperty("feathub.module.directory"));

  private static final Path TARGET = MODULE.resolve("target");

  public static final Path CLASSES = TARGET.resolve("classes");
  public static final Path WORK = TARGET.resolve("test-work");
  public static final Path DATA = TARGET.resolve("test-data");

  private BenchmarkDirectories() {}
}
