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

/** The runs on disk of each bucket, in the order in which their rows were inserted. */
final class SpilledBuckets {
  private final SpillFiles files;
  private final RowStore store;
  private final BucketSorter sorter;
  private final int fields;
  private List<List<Run>> runs = new ArrayList<>();

  /**
   * @param fields how many columns the rows have
   */
  SpilledBuckets(SpillFiles files, RowStore store, BucketSorter sorter, int fields) {
    this.files = files;
    this.store = store;
    this.sorter = sorter;
    this.fields = fields;
    for (int bucket = 0; bucket < RowStore.BUCKETS; bucket++) {
      runs.add(List.of());
    }
  }

  List<Run> runs(int bucket) {
    return runs.get(bucket);
  }

  /**
   * Writes all rows to a new file; they stay in memory. If it fails nothing has happened, but to
   * the rows that are being read: these are lost.
   *
   * @param cursor what is being read, and goes on with the file; null if nothing is
   * @param bucket of the cursor, if there is one
   */
  void writeAll(BucketCursor cursor, int bucket) throws IOException {
    SpillWriter writer = files.newFile();
    boolean isReading = cursor != null && cursor.unread() > 0;
    boolean complete = false;
    try {
      Run unread = isReading ? cursor.writeUnread(writer) : null;
      List<List<Run>> written = new ArrayList<>();
      for (int i = 0; i < RowStore.BUCKETS; i++) {
        boolean isCurrent = cursor != null && i == bucket;
        written.add(isCurrent ? runs.get(i) : write(i, writer));
      }
      writer.end();
      if (isReading) {
        cursor.continueWith(new RunReader(files, unread, fields));
      }
      runs = written;
      complete = true;
    } finally {
      if (!complete) {
        files.delete(writer);
        if (isReading) {
          // Sorting other buckets has overwritten the order of this one.
          cursor.fail(new IOException("rows could not be spilled when memory was needed"));
        }
      }
    }
  }

  /** Adds a run, or several if there is no room for all keys at a time. */
  private List<Run> write(int bucket, SpillWriter writer) {
    if (store.count(bucket) == 0) {
      return runs.get(bucket);
    }
    List<Run> longer = new ArrayList<>(runs.get(bucket));
    RowStore.Scan scan = store.scan(bucket);
    while (scan.atChunk()) {
      int count = sorter.sort(scan, store.count(bucket), BucketSorter.KeySequence.BY_HASH);
      longer.add(new BucketCursor(store, sorter, count, fields).writeUnread(writer));
    }
    return longer;
  }
}
