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

import static io.feathub.spark.benchmark.profile.Rule.operator;
import static io.feathub.spark.benchmark.profile.Rule.part;
import static io.feathub.spark.benchmark.profile.Rule.shared;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The classes by which operators are recognised; of rules that match a class the first one holds.
 * Classes that several operators use, such as rows, hash maps and projections, are left out on
 * purpose: their time belongs to the operator that called them.
 */
final class OperatorRules {
  static final String GENERATED =
      "org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage";

  private static final String AS_OF = "FeatHub as-of";
  private static final String WINDOW = "FeatHub window";
  private static final String STOCK_WINDOW = "Spark window";
  private static final String SCAN = "Parquet scan";
  private static final String WRITE = "Parquet write";
  private static final String SHUFFLE_WRITE = "shuffle write";
  private static final String SHUFFLE_READ = "shuffle read";
  private static final Set<String> COMPRESSES =
      Set.of(SCAN, WRITE, SHUFFLE_WRITE, SHUFFLE_READ, WINDOW, AS_OF);
  private static final Set<String> SORTS = Set.of(WINDOW, AS_OF);

  private static final String F = "io.feathub.spark.";
  private static final String CORE = "org.apache.spark.";
  private static final String SQL = "org.apache.spark.sql.execution.";
  private static final String UNSAFE_SORT = CORE + "util.collection.unsafe.sort.";
  private static final String PARQUET = "org.apache.parquet.";

  static final List<Rule> ALL =
      List.of(
          part(F + "asof.AsOfIndexBuilder", AS_OF, "index build"),
          part(F + "asof.AsOfBroadcastMode", AS_OF, "index build"),
          part(F + "asof.RightSide", AS_OF, "index build"),
          part(F + "asof.AsOfIndex", AS_OF, "look-up"),
          part(F + "asof.LookUp", AS_OF, "look-up"),
          part(F + "asof.MergingJoin", AS_OF, "merge"),
          part(F + "asof.MergedFinder", AS_OF, "merge"),
          part(F + "asof.MergedMatches", AS_OF, "merge"),
          part(F + "asof.KeyOrderedFinder", AS_OF, "merge"),
          part(F + "asof.BlockwiseJoin", AS_OF, "blocks"),
          part(F + "asof.WaitingRows", AS_OF, "blocks"),
          part(F + "asof.CarriedRows", AS_OF, "ranges of time"),
          part(F + "asof.LookedUpRows", AS_OF, "rows"),
          part(F + "asof.FoundRows", AS_OF, "rows"),
          part(F + "asof.BudgetedRows", AS_OF, "rows"),
          part(F + "asof.PartitionAsOfJoin", AS_OF, "rows"),
          part(F + "asof.AsOfJoinIterator", AS_OF, "rows"),
          part(F + "asof.AsOfProbe", AS_OF, "rows"),
          part(F + "window.aggregate.", WINDOW, "aggregates"),
          part(F + "window.Extreme", WINDOW, "min and max"),
          part(F + "window.BestTwo", WINDOW, "min and max"),
          part(F + "window.KeyFrames", WINDOW, "frames"),
          part(F + "window.LaneFrame", WINDOW, "frames"),
          part(F + "window.FramesAhead", WINDOW, "frames"),
          part(F + "window.FrameSelection", WINDOW, "frames"),
          part(F + "window.Lane", WINDOW, "row buffering"),
          part(F + "window.WaitingRows", WINDOW, "row buffering"),
          part(F + "window.", WINDOW, "rows"),
          part(F + "spill.BlockFile", WINDOW, "spilling"),
          part(F + "spill.SlotCipher", WINDOW, "spilling"),
          part(F + "spill.", WINDOW, "row buffering"),
          shared(F + "grouping.Spill", "spilling", SORTS),
          shared(F + "grouping.Run", "spilled rows", SORTS),
          shared(F + "grouping.MergedRows", "spilled rows", SORTS),
          shared(F + "grouping.", "sort", SORTS),
          shared(F + "bucketsort.BucketTimeSorter", "sort", SORTS),
          shared(F + "bucketsort.MergedRows", "sort", SORTS),
          operator(F + "connector.", "FeatHub scan"),
          part(SQL + "window.SlidingWindowFunctionFrame", STOCK_WINDOW, "sliding frame"),
          part(SQL + "window.SegmentTreeWindowFunctionFrame", STOCK_WINDOW, "segment tree"),
          part(SQL + "window.WindowSegmentTree", STOCK_WINDOW, "segment tree"),
          part(SQL + "window.Unbounded", STOCK_WINDOW, "unbounded frame"),
          part(SQL + "window.AggregateProcessor", STOCK_WINDOW, "aggregates"),
          part(SQL + "window.", STOCK_WINDOW, "rows"),
          shared(UNSAFE_SORT + "UnsafeInMemorySorter$SortedIterator", "sorted rows", SORTS),
          shared(UNSAFE_SORT + "UnsafeExternalSorter$SpillableIterator", "sorted rows", SORTS),
          shared(UNSAFE_SORT + "UnsafeSorterSpillReader", "spilled rows", SORTS),
          shared(UNSAFE_SORT + "UnsafeSorterSpillWriter", "spilling", SORTS),
          shared(UNSAFE_SORT + "Unsafe", "sort", SORTS),
          shared(SQL + "UnsafeExternalRowSorter", "sort", SORTS),
          shared("org.xerial.snappy.", "compression", COMPRESSES),
          shared("net.jpountz.", "compression", COMPRESSES),
          shared("com.github.luben.zstd.", "compression", COMPRESSES),
          shared(PARQUET + "hadoop.codec.", "compression", COMPRESSES),
          operator(SQL + "UnsafeRowSerializerInstance$$anon$2", SHUFFLE_READ),
          operator(SQL + "ShuffledRowRDD", SHUFFLE_READ),
          operator(CORE + "shuffle.BlockStoreShuffleReader", SHUFFLE_READ),
          operator(CORE + "storage.ShuffleBlockFetcherIterator", SHUFFLE_READ),
          operator(CORE + "storage.BufferReleasingInputStream", SHUFFLE_READ),
          operator(SQL + "UnsafeRowSerializerInstance$$anon$1", SHUFFLE_WRITE),
          operator(SQL + "exchange.ShuffleExchangeExec", SHUFFLE_WRITE),
          operator(CORE + "shuffle.", SHUFFLE_WRITE),
          operator(CORE + "storage.DiskBlockObjectWriter", SHUFFLE_WRITE),
          operator(SQL + "datasources.parquet.ParquetWriteSupport", WRITE),
          operator(SQL + "datasources.parquet.ParquetOutputWriter", WRITE),
          operator(PARQUET + "hadoop.ParquetRecordWriter", WRITE),
          operator(PARQUET + "hadoop.InternalParquetRecordWriter", WRITE),
          operator(PARQUET + "hadoop.ParquetFileWriter", WRITE),
          operator(PARQUET + "hadoop.ColumnChunkPageWriteStore", WRITE),
          operator(PARQUET + "io.MessageColumnIO$MessageColumnIORecordConsumer", WRITE),
          operator(PARQUET + "column.impl.ColumnWrite", WRITE),
          operator(SQL + "datasources.parquet.", SCAN),
          operator(PARQUET + "hadoop.ParquetFileReader", SCAN),
          operator(PARQUET + "hadoop.ColumnChunkPageReadStore", SCAN),
          operator(SQL + "datasources.FileFormatDataWriter", "file writer"),
          operator(SQL + "datasources.BasicWriteTaskStatsTracker", "file writer"),
          operator(SQL + "datasources.json.", "JSON scan"),
          operator("org.apache.spark.sql.catalyst.json.", "JSON scan"),
          operator(SQL + "joins.SortMergeJoin", "sort-merge join"),
          operator(SQL + "joins.", "hash or nested-loop join"),
          operator(SQL + "aggregate.", "aggregation"),
          operator(SQL + "UnsafeFixedWidthAggregationMap", "aggregation"),
          operator(SQL + "UnsafeKVExternalSorter", "aggregation"),
          operator(CORE + "broadcast.", "broadcast"));

  private OperatorRules() {}

  static Optional<Rule> of(Frame frame) {
    return ALL.stream().filter(rule -> frame.className().startsWith(rule.prefix())).findFirst();
  }
}
