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
package io.feathub.spark.spill;

import io.feathub.spark.benchmark.kernel.UnlimitedMemory;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A frame that slides over a log of records of a time and a value: a record is appended, one cursor
 * reads it where the frame ends and another one where it begins, before which all is dropped. An
 * operation is one record.
 */
@State(Scope.Thread)
public class RecordLogBenchmark {
  private static final int RECORDS = 1 << 20;
  private static final int VALUES = 1 << 12;
  private static final int STRIDE = 2;
  private static final long SEED = 31L;

  @Param private Frame frame;

  private long[] values;
  private SpillSpace space;
  private RecordLog log;
  private RecordLog.Cursor begin;
  private RecordLog.Cursor end;
  private long spilledBytes;

  /** How many records the frame holds, and where. */
  public enum Frame {
    /** In the cache of a processor. */
    SMALL(1000, Long.MAX_VALUE),
    /** In memory. */
    LARGE(500_000, Long.MAX_VALUE),
    /** All but a megabyte of it in a file. */
    SPILLED(500_000, 1 << 20);

    private final int records;
    private final long residentBytes;

    Frame(int records, long residentBytes) {
      this.records = records;
      this.residentBytes = residentBytes;
    }

    int records() {
      return records;
    }
  }

  /** Its parameters are set by JMH. */
  public RecordLogBenchmark() {}

  RecordLogBenchmark(Frame frame) {
    this.frame = frame;
  }

  /** Makes an empty log. */
  @Setup
  public void prepare() {
    values = new SplittableRandom(SEED).longs(VALUES).toArray();
    Limits limits = new Limits(Limits.standard().blockBytes(), frame.residentBytes);
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    space =
        SpillSpace.inDirectory(
            directory, new UnlimitedMemory(), limits, bytes -> spilledBytes += bytes);
    log = new RecordLog(space, STRIDE);
    begin = log.newCursor();
    end = log.newCursor();
  }

  /** The sums of the frame at all records added up. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long slide() {
    log.clear();
    begin.moveTo(0);
    end.moveTo(0);
    long sum = 0;
    long sums = 0;
    for (int i = 0; i < RECORDS; i++) {
      append(i, values[i & (VALUES - 1)]);
      sum += end.cells()[end.base() + 1];
      end.next();
      while (begin.cells()[begin.base()] <= i - frame.records) {
        sum -= begin.cells()[begin.base() + 1];
        begin.next();
      }
      log.dropBefore(begin.position());
      sums += sum;
    }
    return sums;
  }

  private void append(long time, long value) {
    log.append();
    long[] cells = log.tailCells();
    int base = log.tailBase();
    cells[base] = time;
    cells[base + 1] = value;
  }

  /** Deletes the file. */
  @TearDown
  public void close() {
    log.close();
    space.close();
  }

  long[] values() {
    long[] all = new long[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      all[i] = values[i & (VALUES - 1)];
    }
    return all;
  }

  long spilledBytes() {
    return spilledBytes;
  }
}
