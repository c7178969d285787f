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
package io.feathub.spark.bucketsort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.execution.UnsafeExternalRowSorter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.collection.unsafe.sort.PrefixComparators;
import org.apache.spark.util.collection.unsafe.sort.RecordComparator;

/**
 * Sorts rows by the hash bucket of their key, then time, spilling as Spark's sorts do.
 *
 * <p>Rows whose time fits {@link BucketAndTime} go to a sorter whose order is one long, by radix
 * sort where Spark may use it. The others, of times before 1700 or after 2270 or of large BIGINTs,
 * go to a second sorter that compares times in full; the two are merged.
 */
public final class BucketTimeSorter {
  private final Supplier<? extends BucketedRow> readers;
  private final TimeOrder order;
  private final BucketedRow reader;
  private final KnownPrefix prefix = new KnownPrefix();
  private final StructType schema;
  private final BaseOrdering timeOrdering;
  private final Options options;
  private final UnsafeExternalRowSorter packed;
  private UnsafeExternalRowSorter unpacked;

  /** How Spark's sorters are made. */
  public record Options(long pageSize, boolean radixSort) {}

  /**
   * @param readers make readers of the rows, each with buffers of its own
   * @param timeOrdering compares rows by time, nulls included
   */
  public BucketTimeSorter(
      Supplier<? extends BucketedRow> readers,
      TimeOrder order,
      StructType schema,
      BaseOrdering timeOrdering,
      Options options) {
    this.readers = readers;
    this.order = order;
    this.reader = readers.get();
    this.schema = schema;
    this.timeOrdering = timeOrdering;
    this.options = options;
    this.packed = newPackedSorter();
  }

  /** Copies a row. What is in memory is spilled when there is no more. */
  public void insert(UnsafeRow row) {
    reader.load(row);
    int bucket = reader.bucket();
    try {
      if (reader.untimed()) {
        prefix.set(BucketAndTime.packUntimed(bucket, order.nullsFirst()));
        packed.insertRow(row);
      } else if (BucketAndTime.fits(reader.time())) {
        prefix.set(BucketAndTime.pack(bucket, reader.time()));
        packed.insertRow(row);
      } else {
        prefix.set(BucketAndTime.packUntimed(bucket, true));
        unpacked().insertRow(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows in order, each valid until the next one. */
  public RowIterator sorted() {
    try {
      RowIterator rows = RowIterator.fromScala(packed.sort());
      if (unpacked == null) {
        return rows;
      }
      return new MergedRows(
          new MergedRows.Side(rows, readers.get()),
          new MergedRows.Side(RowIterator.fromScala(unpacked.sort()), readers.get()),
          order);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Time spent in sorting, in nanoseconds. */
  public long sortNanos() {
    return packed.getSortTimeNanos() + (unpacked == null ? 0 : unpacked.getSortTimeNanos());
  }

  public long peakMemory() {
    return packed.getPeakMemoryUsage() + (unpacked == null ? 0 : unpacked.getPeakMemoryUsage());
  }

  private UnsafeExternalRowSorter newPackedSorter() {
    try {
      return UnsafeExternalRowSorter.createWithRecordComparator(
          schema,
          AllEqual::new,
          PrefixComparators.LONG,
          prefix,
          options.pageSize(),
          options.radixSort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UnsafeExternalRowSorter unpacked() throws IOException {
    if (unpacked == null) {
      unpacked =
          UnsafeExternalRowSorter.create(
              schema, timeOrdering, PrefixComparators.LONG, prefix, options.pageSize(), false);
    }
    return unpacked;
  }

  /** Gives the sorter the prefix that was computed to choose the sorter. */
  private static final class KnownPrefix extends UnsafeExternalRowSorter.PrefixComputer {
    private final Prefix prefix = new Prefix();

    void set(long value) {
      prefix.value = value;
    }

    @Override
    public Prefix computePrefix(InternalRow row) {
      return prefix;
    }
  }

  /** Rows of one bucket and time stay in any order. */
  private static final class AllEqual extends RecordComparator {
    @Override
    public int compare(
        Object leftBase,
        long leftOffset,
        int leftLength,
        Object rightBase,
        long rightOffset,
        int rightLength) {
      return 0;
    }
  }
}
