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
package io.feathub.spark.asof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.TempLocalBlockId;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Left rows with the best match of each so far, in the order in which they were added, in a file
 * among the executor's local ones. Written once, then read once; it takes two buffers of memory,
 * however many rows there are.
 */
final class WaitingRows {
  private static final int LEFT = 0;
  private static final int MATCH = 1;
  private static final int MATCH_TIME = 2;
  private static final int EXPIRED = 3;
  private static final int FIELDS = 4;

  private static final int BUFFER_BYTES = 1 << 16;

  private final int leftColumns;
  private final int matchColumns;
  private final UnsafeProjection toUnsafe;
  private final TempLocalBlockId block;
  private final File file;
  private final DataOutputStream output;
  private DataInputStream input;
  private byte[] bytes = new byte[0];
  private long count;

  /** In a task, at whose end the file is gone. */
  WaitingRows(List<DataType> leftTypes, List<DataType> matchTypes) {
    this.leftColumns = leftTypes.size();
    this.matchColumns = matchTypes.size();
    this.toUnsafe =
        UnsafeProjection.create(
            new DataType[] {
              struct(leftTypes), struct(matchTypes), DataTypes.LongType, DataTypes.BooleanType
            });
    scala.Tuple2<TempLocalBlockId, File> created =
        SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock();
    this.block = created._1();
    this.file = created._2();
    try {
      this.output =
          new DataOutputStream(
              new BufferedOutputStream(
                  SparkEnv.get()
                      .serializerManager()
                      .wrapStream(block, Files.newOutputStream(file.toPath())),
                  BUFFER_BYTES));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    TaskCompletionListener delete = ended -> clear();
    TaskContext.get().addTaskCompletionListener(delete);
  }

  /**
   * A left row.
   *
   * @param match null if it has none so far
   * @param expired whether it has none in some block because that is too far away
   */
  record Waiting(InternalRow left, MatchPreference.Match match, boolean expired) {}

  void add(InternalRow left, MatchPreference.Match match, boolean expired) {
    UnsafeRow matchRow = match == null ? null : match.row();
    long matchTime = match == null ? 0 : match.time();
    UnsafeRow row =
        toUnsafe.apply(new GenericInternalRow(new Object[] {left, matchRow, matchTime, expired}));
    try {
      output.writeInt(row.getSizeInBytes());
      row.writeToStream(output, null);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    count++;
  }

  /** Each is valid until the next one; nothing is added any more, and nothing read twice. */
  Iterator<Waiting> read() {
    try {
      output.close();
      input =
          new DataInputStream(
              new BufferedInputStream(
                  SparkEnv.get()
                      .serializerManager()
                      .wrapStream(block, Files.newInputStream(file.toPath())),
                  BUFFER_BYTES));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Reading();
  }

  private final class Reading implements Iterator<Waiting> {
    private final UnsafeRow row = new UnsafeRow(FIELDS);
    private final TaskContext task = TaskContext.get();
    private long left = count;

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Waiting next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      // Nothing below is asked for rows any more that would end a cancelled task.
      task.killTaskIfInterrupted();
      left--;
      load();
      return new Waiting(
          row.getStruct(LEFT, leftColumns),
          row.isNullAt(MATCH)
              ? null
              : new MatchPreference.Match(
                  row.getStruct(MATCH, matchColumns), row.getLong(MATCH_TIME)),
          row.getBoolean(EXPIRED));
    }

    private void load() {
      try {
        int size = input.readInt();
        if (size > bytes.length) {
          bytes = new byte[Math.max(size, 2 * bytes.length)];
        }
        input.readFully(bytes, 0, size);
        row.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET, size);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** How much was written, when all of it is. */
  long bytesWritten() {
    return file.length();
  }

  /** Deletes the file, also where closing it fails, as on a disk that is full. */
  void clear() {
    try {
      close();
    } finally {
      file.delete();
    }
  }

  private void close() {
    try {
      output.close();
      if (input != null) {
        input.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static StructType struct(List<DataType> types) {
    StructType struct = new StructType();
    for (DataType type : types) {
      struct = struct.add("c" + struct.size(), type);
    }
    return struct;
  }
}
