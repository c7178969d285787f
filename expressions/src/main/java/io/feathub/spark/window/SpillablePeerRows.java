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
package io.feathub.spark.window;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.ExternalAppendOnlyUnsafeRowArray;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.internal.SQLConf;

/** Peers in memory up to the thresholds of Spark's own window operator, beyond on disk. */
final class SpillablePeerRows implements PeerRows {
  private final SQLMetric spillSize;
  private final ExternalAppendOnlyUnsafeRowArray rows;
  private long reported;

  SpillablePeerRows(SQLConf conf, SQLMetric spillSize) {
    this.spillSize = spillSize;
    this.rows =
        new ExternalAppendOnlyUnsafeRowArray(
            conf.windowExecBufferInMemoryThreshold(),
            conf.windowExecBufferSpillSizeThreshold(),
            conf.windowExecBufferSpillThreshold(),
            conf.windowExecBufferSpillSizeThreshold());
  }

  @Override
  public void add(UnsafeRow row) {
    rows.add(row);
  }

  @Override
  public scala.collection.Iterator<UnsafeRow> rows() {
    return rows.generateIterator();
  }

  @Override
  public void clear() {
    rows.clear();
    spillSize.add(rows.spillSize() - reported);
    reported = rows.spillSize();
  }
}
