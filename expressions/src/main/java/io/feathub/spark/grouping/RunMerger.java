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
package io.feathub.spark.grouping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;

/**
 * Reads the runs of one bucket as one. Each run that is read takes buffers of about 100 KB on the
 * heap, beyond what a task has to account for, so only so many are read at a time: more of them are
 * merged to fewer first, on disk.
 */
final class RunMerger {
  private static final int ROWS_BETWEEN_CHECKS = 1 << 12;

  private final SpillFiles files;
  private final TaskContext task;
  private final RowKeys keys;
  private final RowOrder order;
  private final int fields;
  private final int fanIn;

  /** The runs that are being read, where they were merged from many; else null. */
  private SpillWriter merged;

  /**
   * @param fields how many columns the rows have
   * @param fanIn how many runs are read at a time, at least 2
   */
  RunMerger(
      SpillFiles files, TaskContext task, RowKeys keys, RowOrder order, int fields, int fanIn) {
    this.files = files;
    this.task = task;
    this.keys = keys;
    this.order = order;
    this.fields = fields;
    this.fanIn = fanIn;
  }

  /**
   * Opens a bucket, of which nothing else is read any more.
   *
   * @param runs in the order of insertion
   * @param inMemory what was inserted last, sorted as the runs are; null if nothing
   */
  SortedRows open(List<Run> runs, SortedRows inMemory) throws IOException {
    deleteMerged();
    List<Run> left = runs;
    while (left.size() > fanIn) {
      left = merge(left);
    }
    return open(left, inMemory == null ? List.of() : List.of(inMemory));
  }

  /** Deletes what was merged for the last bucket. */
  private void deleteMerged() {
    if (merged != null) {
      files.delete(merged);
      merged = null;
    }
  }

  /** Merges neighbours, so that the order of insertion remains. */
  private List<Run> merge(List<Run> runs) throws IOException {
    SpillWriter writer = files.newFile();
    List<Run> fewer = new ArrayList<>();
    for (int i = 0; i < runs.size(); i += fanIn) {
      try (SortedRows rows = open(runs.subList(i, Math.min(i + fanIn, runs.size())), List.of())) {
        write(rows, writer);
      }
      fewer.add(writer.endRun());
    }
    writer.end();
    deleteMerged();
    merged = writer;
    return fewer;
  }

  private void write(SortedRows rows, SpillWriter writer) throws IOException {
    long written = 0;
    while (rows.advance()) {
      if (written % ROWS_BETWEEN_CHECKS == 0) {
        task.killTaskIfInterrupted();
      }
      writer.write(rows.row(), rows.hash(), rows.atNewKey());
      written++;
    }
  }

  private SortedRows open(List<Run> runs, List<SortedRows> last) throws IOException {
    List<SortedRows> inputs = new ArrayList<>();
    MergedRows rows = new MergedRows(inputs, keys, order, fields);
    try {
      for (Run run : runs) {
        inputs.add(new RunReader(files, run, fields));
      }
      inputs.addAll(last);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
    return inputs.size() == 1 ? inputs.get(0) : rows;
  }
}
