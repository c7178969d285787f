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

import io.feathub.spark.benchmark.measure.Rounds;
import io.feathub.spark.benchmark.report.Comparison;
import io.feathub.spark.benchmark.report.ReportFiles;
import io.feathub.spark.benchmark.report.TextReport;
import io.feathub.spark.benchmark.results.ResultFiles;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.workload.Plan;
import io.feathub.spark.benchmark.workload.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./feathub bench}: FeatHub and others on the same data, side by side. */
@Command(
    name = "./feathub bench",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "",
      "Measures FeatHub beside Spark by hand, DuckDB and, where they are installed, Polars, pandas"
          + " and Tempo: all do the same job on the same generated data, taking turns.",
      "",
      "The answers are compared row by row before anything is timed. The command fails if one is"
          + " wrong, or if a contender did not use the operator that it is here for.",
      ""
    },
    footer = {
      "",
      "benchmark/python/install.sh installs the Python contenders below benchmark/target.",
      "Exit code: 0; 1 if anything failed or the command line is wrong; 2 for an error of this"
          + " program."
    })
public final class Bench implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int INTERNAL_ERROR = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "prints this text")
  @SuppressWarnings("UnusedVariable") // picocli prints the help when it is set
  private boolean help;

  @Option(
      names = "--suite",
      defaultValue = "main",
      description = "quick (2 minutes, few rows), main or full. Default: ${DEFAULT-VALUE}")
  private Suite suite;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "a factor on numbers of rows. Default: ${DEFAULT-VALUE}")
  private double scale;

  @Option(
      names = "--only",
      description =
          "this workload, or if there is none all whose names begin so. May be given again.")
  private List<String> only = List.of();

  @Option(
      names = "--rounds",
      description = "timed runs of each contender. Default: main 5, full 3, quick 1")
  private Integer rounds;

  @Option(
      names = "--profile",
      description = "one more run of each contender, to see which operators take the time")
  private boolean profile;

  @Option(names = "--list", description = "prints the names of the suite's workloads and stops")
  private boolean list;

  @Option(
      names = "--resume",
      description = "goes on where a run with the same results file was cut off")
  private boolean resume;

  @Option(
      names = "--baseline",
      description = "a JSON file of an earlier run, to compare medians with")
  private Path baseline;

  @Option(names = "--results", description = "where results go. Default: benchmark/target/results")
  private Path results;

  private final Path module;

  private Bench(Path module) {
    this.module = module;
  }

  /** The command; {@code feathub.home} is the checkout's directory. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Path home = Path.of(System.getProperty("feathub.home"));
    System.exit(commandLine(home.resolve("benchmark")).execute(arguments));
  }

  /** The command for a module's directory, below which it works. */
  static CommandLine commandLine(Path module) {
    return new CommandLine(new Bench(module))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Bench::oneLine)
        .setExecutionExceptionHandler(
            (failure, commandLine, result) -> {
              failure.printStackTrace(commandLine.getErr());
              return INTERNAL_ERROR;
            });
  }

  private static int oneLine(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println("Error: " + wrong.getMessage());
    err.println("./feathub bench --help lists the options.");
    return FAILED;
  }

  @Override
  public Integer call() {
    Plan plan = chosen();
    if (list) {
      plan.names().forEach(out()::println);
      return 0;
    }
    Path directory = results == null ? module.resolve("target/results") : results;
    Path json = directory.resolve(name() + ".json");
    Results earlier = baseline == null ? null : read("--baseline", baseline);
    requireWritable(directory);
    BenchRun run =
        new BenchRun(
            module,
            plan,
            new ConsoleProgress(out()),
            command(),
            partly -> ResultFiles.write(partly, json));
    if (resume) {
      run.resume(resumable(json));
    }
    Results measured = measured(run);
    report(measured, earlier, directory);
    return measured.failed() ? FAILED : 0;
  }

  private Results measured(BenchRun run) {
    try {
      return run.run(rounds());
    } catch (BenchRun.NotTheSameMachine other) {
      throw new ParameterException(spec.commandLine(), "--resume: " + other.getMessage(), other);
    }
  }

  private Rounds rounds() {
    return new Rounds(suite.warmUpSeconds(), rounds == null ? suite.rounds() : rounds, profile);
  }

  /** Of the results' files. */
  private String name() {
    return suite.name().toLowerCase(Locale.ROOT)
        + only.stream().map(part -> "-" + part).collect(Collectors.joining())
        + (scale == 1 ? "" : "-x" + scale);
  }

  private void report(Results measured, Results earlier, Path directory) {
    List<Path> files = ReportFiles.write(measured, directory, name());
    out().println();
    out().println(earlier == null ? TextReport.of(measured) : Comparison.text(earlier, measured));
    out().println("Written: " + files.get(0) + ", and beside it the same as text, page and plots.");
    out().flush();
  }

  private Plan chosen() {
    require(scale > 0, "--scale is " + scale + ". It multiplies rows: give a number above 0.");
    require(rounds == null || rounds > 0, "--rounds is " + rounds + ". Give 1 or more.");
    Plan all = suite.plan(scale);
    for (String name : only) {
      require(
          all.names().stream().anyMatch(candidate -> candidate.startsWith(name)),
          "--only " + name + ": the suite has only " + String.join(", ", all.names()) + ".");
    }
    return only.isEmpty()
        ? all
        : all.only(candidate -> only.stream().anyMatch(name -> isChosen(all, name, candidate)));
  }

  /** By its name, or by the beginning of names if none is just that. */
  private static boolean isChosen(Plan all, String name, String candidate) {
    return all.names().contains(name) ? candidate.equals(name) : candidate.startsWith(name);
  }

  private Results read(String option, Path file) {
    try {
      return ResultFiles.read(file);
    } catch (ResultFiles.InvalidFile invalid) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + invalid.getMessage(), invalid);
    }
  }

  /** Results of the same command: of others the figures would not belong together. */
  private Results resumable(Path json) {
    Results known = read("--resume", json);
    require(
        known.command().equals(command()),
        "--resume: "
            + json
            + " is of the command "
            + known.command()
            + ", and this is "
            + command()
            + ". Give the same options, or leave --resume out to measure everything anew.");
    return known;
  }

  /** Before an hour is spent on what cannot be written. */
  private void requireWritable(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "writable", null));
    } catch (IOException failure) {
      throw new ParameterException(
          spec.commandLine(),
          "--results: nothing can be written to "
              + directory
              + " ("
              + failure
              + "). Name a directory that is yours, or one that can be made.",
          failure);
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** What makes the same measurements again; where files are is not part of it. */
  private String command() {
    List<String> words = new ArrayList<>(List.of("./feathub bench --suite"));
    words.add(suite.name().toLowerCase(Locale.ROOT));
    only.forEach(part -> words.addAll(List.of("--only", part)));
    if (scale != 1) {
      words.addAll(List.of("--scale", Double.toString(scale)));
    }
    if (rounds != null) {
      words.addAll(List.of("--rounds", rounds.toString()));
    }
    if (profile) {
      words.add("--profile");
    }
    return String.join(" ", words);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
