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

import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Right rows of an as-of join, {@code (key, time, value)}: keys that each have the same number of
 * versions at irregular times. A row is a function of its numbers alone.
 */
record VersionedKeys(int keys, int versions) {
  private static final long SEED = 20_260_101L;

  /** The mean distance of two versions in time. */
  private static final int SPACING = 1000;

  private static final List<DataType> TYPES =
      List.of(DataTypes.StringType, DataTypes.LongType, DataTypes.LongType);

  /** So that all names have the same length. */
  private static final int FIRST_NAME = 10_000_000;

  /** Where a row's value stands. */
  static final int VALUE = 2;

  int rows() {
    return Math.multiplyExact(keys, versions);
  }

  /** All times lie in {@code [0, span)}. */
  long span() {
    return (long) versions * SPACING;
  }

  /** Ascending with the version, so that no two are equal. */
  long time(int key, int version) {
    long jitter = new SplittableRandom(SEED + value(key, version)).nextInt(SPACING);
    return (long) version * SPACING + jitter;
  }

  /** Different in every row, and never 0. */
  long value(int key, int version) {
    return (long) key * versions + version + 1;
  }

  UnsafeRow key(int key) {
    UnsafeRowWriter writer = new UnsafeRowWriter(1);
    writer.reset();
    writer.zeroOutNullBytes();
    writer.write(0, name(key));
    return writer.getRow().copy();
  }

  UnsafeRow row(int key, int version) {
    UnsafeRowWriter writer = new UnsafeRowWriter(TYPES.size());
    writer.reset();
    writer.zeroOutNullBytes();
    writer.write(0, name(key));
    writer.write(1, time(key, version));
    writer.write(VALUE, value(key, version));
    return writer.getRow().copy();
  }

  /** An index of rows that are made by {@link #row}. */
  static AsOfIndex index(Iterator<InternalRow> rows) {
    RightSide side =
        new RightSide(
            List.of(0), 1, RightSide.NONE, List.of(0, 1, VALUE), TYPES.size(), false, TYPES);
    return side.index(rows, MemoryBudget.unlimited());
  }

  /** Looks up in such an index. */
  static AsOfIndex.Prober prober(AsOfIndex index, boolean allowExactMatches) {
    return index.prober(
        new AsOfMatching(AsOfMatching.Direction.BACKWARD, allowExactMatches),
        new LeftTime(1, DataTypes.LongType));
  }

  private static UTF8String name(int key) {
    return UTF8String.fromString("item_" + (FIRST_NAME + key));
  }
}
