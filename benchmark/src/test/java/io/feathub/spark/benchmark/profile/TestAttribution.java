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
package io.feathub.spark.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestAttribution {
  private static final String TASK =
      "Executor task launch worker for task 0.0 in stage 1.0 (TID 1)";
  private static final String SORT = "org.apache.spark.util.collection.unsafe.sort.";
  private static final String SHUFFLE =
      "org.apache.spark.shuffle.sort.BypassMergeSortShuffleWriter";
  private static final String GENERATED =
      "org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage2";

  /** Prefixes of several classes, and what makes them one of these. */
  private static final Map<String, String> SEVERAL =
      Map.of(
          "ColumnWrite", "rBase",
          "Spill", "Writer",
          "Unbounded", "PrecedingWindowFunctionFrame",
          "Unsafe", "ExternalSorter",
          "SortMergeJoin", "Exec");

  @Test
  void theInnermostKnownOperatorOwnsTheSample() {
    assertThat(
            operator(
                "io.feathub.spark.asof.AsOfIndex$Prober",
                "io.feathub.spark.asof.AsOfJoinIterator",
                GENERATED,
                SHUFFLE))
        .isEqualTo("FeatHub as-of, look-up");
  }

  @Test
  void sharedCodeCountsToTheOperatorThatCalledIt() {
    String keys = "io.feathub.spark.asof.KeyTable";
    String platform = "org.apache.spark.unsafe.Platform";
    assertThat(operator(platform, keys, "io.feathub.spark.asof.AsOfIndexBuilder"))
        .isEqualTo("FeatHub as-of, index build");
    assertThat(operator(platform, keys, "io.feathub.spark.asof.AsOfIndex$Prober"))
        .isEqualTo("FeatHub as-of, look-up");
    assertThat(operator(SORT + "RadixSort", "org.apache.spark.shuffle.sort.ShuffleInMemorySorter"))
        .isEqualTo("shuffle write");
    assertThat(operator(SORT + "RadixSort", SORT + "UnsafeInMemorySorter", SHUFFLE))
        .isEqualTo("sort");
  }

  /** The buckets of an index are cut when it is built, and read when rows are looked up. */
  @Test
  void eachPhaseOfAnAsOfJoinIsAPartOfIt() {
    String buckets = "io.feathub.spark.asof.TimeBuckets";
    String budgeted = "io.feathub.spark.asof.BudgetedRows";
    String found = "io.feathub.spark.asof.FoundRows";
    assertThat(operator(buckets, "io.feathub.spark.asof.AsOfIndexBuilder"))
        .isEqualTo("FeatHub as-of, index build");
    assertThat(operator(buckets, "io.feathub.spark.asof.LookUp", budgeted, GENERATED))
        .isEqualTo("FeatHub as-of, look-up");
    assertThat(
            operator(
                "io.feathub.spark.asof.RightRecords$Reader",
                "io.feathub.spark.asof.MergedMatches",
                "io.feathub.spark.asof.MergedFinder",
                found,
                budgeted,
                GENERATED))
        .isEqualTo("FeatHub as-of, merge");
    assertThat(operator(found, budgeted, GENERATED)).isEqualTo("FeatHub as-of, rows");
    assertThat(operator("io.feathub.spark.asof.LookedUpRows", budgeted, GENERATED))
        .isEqualTo("FeatHub as-of, rows");
    assertThat(operator("io.feathub.spark.asof.WaitingRows$Reading", budgeted, GENERATED))
        .isEqualTo("FeatHub as-of, blocks");
  }

  @Test
  void theSortOfAMergingJoinIsAPartOfIt() {
    assertThat(
            operator(
                SORT + "RadixSort",
                SORT + "UnsafeInMemorySorter",
                "io.feathub.spark.bucketsort.BucketTimeSorter",
                "io.feathub.spark.asof.MergingJoin",
                "io.feathub.spark.asof.PartitionAsOfJoin"))
        .isEqualTo("FeatHub as-of, sort");
  }

  @Test
  void theSortOfAWindowIsAPartOfIt() {
    String sorter = "io.feathub.spark.grouping.KeyGroupSorter";
    List<String> window =
        List.of(
            "io.feathub.spark.window.GroupedRows",
            "io.feathub.spark.window.SortedRows",
            "io.feathub.spark.window.StreamingWindowIterator",
            GENERATED);
    assertThat(below(window, "io.feathub.spark.grouping.BucketSorter", sorter))
        .isEqualTo("FeatHub window, sort");
    assertThat(below(window, "io.feathub.spark.grouping.RunReader", sorter))
        .isEqualTo("FeatHub window, spilled rows");
    String writer = "io.feathub.spark.grouping.SpillWriter";
    assertThat(below(window, writer)).isEqualTo("FeatHub window, spilling");
    assertThat(below(window, "net.jpountz.lz4.LZ4JNI", writer))
        .isEqualTo("FeatHub window, compression");
    String rows = SORT + "UnsafeInMemorySorter$SortedIterator";
    assertThat(operator(rows, GENERATED, SHUFFLE)).isEqualTo("sorted rows");
  }

  /** Most of what logs do is in memory. */
  @Test
  void theLogsOfAWindowArePartsOfIt() {
    List<String> window =
        List.of(
            "io.feathub.spark.window.LaneFrame",
            "io.feathub.spark.window.KeyFrames",
            "io.feathub.spark.window.StreamingWindowIterator",
            GENERATED);
    String log = "io.feathub.spark.spill.RecordLog";
    assertThat(below(window)).isEqualTo("FeatHub window, frames");
    assertThat(below(window, log + "$Cursor")).isEqualTo("FeatHub window, row buffering");
    assertThat(below(window, "io.feathub.spark.spill.BlockFile", log))
        .isEqualTo("FeatHub window, spilling");
    assertThat(below(window, log, "io.feathub.spark.window.ExtremeValues"))
        .isEqualTo("FeatHub window, row buffering");
    assertThat(below(window, "io.feathub.spark.window.ExtremeValues"))
        .isEqualTo("FeatHub window, min and max");
    assertThat(below(window, "io.feathub.spark.window.aggregate.ExactDoubleSum"))
        .isEqualTo("FeatHub window, aggregates");
  }

  @Test
  void compressionIsAPartOfWhatItCompresses() {
    String snappy = "org.xerial.snappy.SnappyNative";
    assertThat(operator(snappy, "org.apache.parquet.hadoop.ParquetFileWriter"))
        .isEqualTo("Parquet write, compression");
    assertThat(operator(snappy, "org.apache.parquet.hadoop.ParquetFileReader", GENERATED))
        .isEqualTo("Parquet scan, compression");
    assertThat(operator("net.jpountz.lz4.LZ4JNI", SHUFFLE)).isEqualTo("shuffle write, compression");
    assertThat(operator(snappy)).isEqualTo("compression");
  }

  @Test
  void generatedCodeIsNamedByThePlanOrByItsNumber() {
    List<Frame> stack =
        List.of(new Frame("org.apache.spark.unsafe.Platform", "m"), new Frame(GENERATED, "m"));
    assertThat(new Attribution(Map.of(2, "Project")).operator(TASK, stack)).isEqualTo("Project");
    assertThat(new Attribution(Map.of(22, "Project")).operator(TASK, stack))
        .isEqualTo("generated code of stage 2");
    assertThat(operator(GENERATED + "$hashAgg_FastHashMap_0"))
        .isEqualTo("generated code of stage 2");
  }

  @Test
  void otherThreadsAreKeptApart() {
    List<Frame> stack = List.of(new Frame("io.feathub.spark.asof.AsOfIndexBuilder", "m"));
    Attribution attribution = new Attribution(Map.of());
    assertThat(attribution.operator("main", stack)).isEqualTo(Attribution.OTHER_THREADS);
    assertThat(attribution.operator("broadcast-exchange-0", stack))
        .isEqualTo("FeatHub as-of, index build");
    assertThat(attribution.operator("Executor task idle worker#49", stack))
        .isEqualTo("FeatHub as-of, index build");
    assertThat(attribution.operator(TASK, List.of())).isEqualTo(Attribution.UNKNOWN);
    assertThat(operator("java.util.HashMap")).isEqualTo(Attribution.UNKNOWN);
  }

  /** A class that was renamed would silently lose its samples to its caller. */
  @ParameterizedTest
  @MethodSource("classes")
  void everyClassOfTheTableExists(String name) {
    assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
        .doesNotThrowAnyException();
  }

  static Stream<String> classes() {
    return OperatorRules.ALL.stream()
        .map(Rule::prefix)
        .filter(prefix -> !prefix.endsWith("."))
        .map(prefix -> prefix + SEVERAL.getOrDefault(simpleName(prefix), ""));
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** Of a stack whose innermost frames are of some classes. */
  private static String below(List<String> callers, String... classes) {
    return operator(Stream.concat(Stream.of(classes), callers.stream()).toArray(String[]::new));
  }

  private static String operator(String... classes) {
    List<Frame> stack = Stream.of(classes).map(name -> new Frame(name, "method")).toList();
    return new Attribution(Map.of()).operator(TASK, stack);
  }
}
