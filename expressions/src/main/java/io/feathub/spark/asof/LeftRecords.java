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

import io.feathub.spark.bucketsort.BucketAndTime;
import io.feathub.spark.bucketsort.BucketedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Reads left rows that are sorted. One with a null in its key has no time either. */
final class LeftRecords implements BucketedRow {
  private final UnsafeProjection keyOf;
  private final TimeColumn timeColumn;
  private final boolean mirrored;
  private UnsafeRow row;
  private UnsafeRow key;

  /**
   * @param mirrored whether times are read in reverse order
   */
  LeftRecords(UnsafeProjection keyOf, TimeColumn timeColumn, boolean mirrored) {
    this.keyOf = keyOf;
    this.timeColumn = timeColumn;
    this.mirrored = mirrored;
  }

  @Override
  public void load(UnsafeRow left) {
    row = left;
    key = keyOf.apply(left);
  }

  UnsafeRow key() {
    return key;
  }

  @Override
  public int bucket() {
    return BucketAndTime.bucket(key);
  }

  @Override
  public boolean untimed() {
    return key.anyNull() || timeColumn.isNull(row);
  }

  @Override
  public long time() {
    if (untimed()) {
      return 0;
    }
    return mirrored ? ~timeColumn.read(row) : timeColumn.read(row);
  }
}
