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
package io.feathub.spark.benchmark.measure;

import io.feathub.spark.benchmark.results.KernelResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The micro-benchmarks of the inner loops, each in JVMs of its own with the options of this one:
 * the packages that Spark needs opened have to be open here.
 */
public final class Kernels {
  /**
   * One fork, although two compilations of the same code can differ by more than the iterations of
   * one: with two, all kernels and their parameters take more than a quarter of an hour. The
   * warm-up is what the compilation of a comparison of 64 columns takes on two busy cores; the heap
   * is enough for an index of a million rows.
   */
  private static final Effort USUAL = new Effort(1, 8, 5, 200, 2048);

  private static final String SUFFIX = "Benchmark";

  private Kernels() {}

  /**
   * How much is measured.
   *
   * @param forks JVMs one after another, each with its own compilation of the code
   * @param warmUps iterations of each JVM that do not count
   * @param iterations of each JVM that count
   * @param heapMegabytes of each JVM, from its start on, so that figures do not depend on this
   *     one's
   */
  record Effort(int forks, int warmUps, int iterations, int millisecondsEach, int heapMegabytes) {}

  /**
   * Runs all of them.
   *
   * @param results is given those of a kernel when it is done
   * @param failures of kernels, which do not keep the others from running
   */
  public static void run(Consumer<List<KernelResult>> results, Failures failures) {
    run(all().stream().sorted().toList(), USUAL, results, failures);
  }

  static void run(
      List<String> kernels,
      Effort effort,
      Consumer<List<KernelResult>> results,
      Failures failures) {
    for (String kernel : kernels) {
      String name = shortName(kernel);
      int number = kernels.indexOf(kernel) + 1;
      failures.progress().say("kernel " + name + " (" + number + " of " + kernels.size() + ")");
      failures.note(name, () -> results.accept(measure(kernel, effort)));
    }
  }

  /** The qualified names of all benchmark methods that JMH's annotation processor has found. */
  static List<String> all() {
    return BenchmarkList.defaultList().getAll(silent(), List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .toList();
  }

  private static String shortName(String qualified) {
    int method = qualified.lastIndexOf('.');
    String type = qualified.substring(qualified.lastIndexOf('.', method - 1) + 1, method);
    return type.replace(SUFFIX, "") + qualified.substring(method);
  }

  private static List<KernelResult> measure(String kernel, Effort effort) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + Pattern.quote(kernel) + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(effort.forks())
        .warmupIterations(effort.warmUps())
        .warmupTime(TimeValue.milliseconds(effort.millisecondsEach()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(effort.millisecondsEach()))
        .jvmArgsAppend("-Xms" + effort.heapMegabytes() + "m", "-Xmx" + effort.heapMegabytes() + "m")
        .shouldFailOnError(true);
    try (PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      OutputFormat format = OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
      Collection<RunResult> results = new Runner(options.build(), format).run();
      return results.stream().map(Kernels::result).toList();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH says:\n" + log.toString(StandardCharsets.UTF_8), e);
    }
  }

  private static KernelResult result(RunResult run) {
    BenchmarkParams params = run.getParams();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String key : params.getParamsKeys()) {
      parameters.put(key, params.getParam(key));
    }
    Result<?> time = run.getPrimaryResult();
    return new KernelResult(
        shortName(params.getBenchmark()),
        Collections.unmodifiableMap(parameters),
        time.getScore(),
        time.getScoreError());
  }

  private static OutputFormat silent() {
    return OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
  }
}
