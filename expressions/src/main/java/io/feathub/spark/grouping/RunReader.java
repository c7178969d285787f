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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/** Reads a run, one row at a time. */
final class RunReader implements SortedRows {
  private final InputStream in;
  private final byte[] header = new byte[2 * Integer.BYTES];
  private final UnsafeRow row;
  private byte[] bytes = new byte[0];
  private long left;
  private int hash;
  private boolean atNewKey;

  /**
   * @param fields how many columns the rows have
   */
  RunReader(SpillFiles files, Run run, int fields) throws IOException {
    this.in = files.open(run);
    this.left = run.rows();
    this.row = new UnsafeRow(fields);
  }

  @Override
  public boolean advance() throws IOException {
    if (left == 0) {
      close();
      return false;
    }
    readFully(header, header.length);
    hash = Platform.getInt(header, Platform.BYTE_ARRAY_OFFSET);
    int marked = Platform.getInt(header, Platform.BYTE_ARRAY_OFFSET + Integer.BYTES);
    atNewKey = (marked & 1) != 0;
    int length = marked & ~1;
    if (bytes.length < length) {
      bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 15L, length + length / 2L)];
    }
    readFully(bytes, length);
    row.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET, length);
    left--;
    return true;
  }

  @Override
  public UnsafeRow row() {
    return row;
  }

  @Override
  public int hash() {
    return hash;
  }

  @Override
  public boolean atNewKey() {
    return atNewKey;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readFully(byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw new EOFException("a spilled run ends " + left + " rows too early");
    }
  }
}
