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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.array.ByteArrayMethods;

/** One column of texts or bytes, read where it is. Equal texts have equal bytes. */
record BytesKey(int ordinal) implements RowKeys {
  @Override
  public int load(UnsafeRow row) {
    if (row.isNullAt(ordinal)) {
      return KeyHash.OF_NULL;
    }
    long place = row.getLong(ordinal);
    return KeyHash.ofBytes(row.getBaseObject(), offset(row, place), length(place));
  }

  @Override
  public boolean equalTo(UnsafeRow one, UnsafeRow other) {
    if (one.isNullAt(ordinal) || other.isNullAt(ordinal)) {
      return one.isNullAt(ordinal) == other.isNullAt(ordinal);
    }
    long place = one.getLong(ordinal);
    long otherPlace = other.getLong(ordinal);
    return length(place) == length(otherPlace)
        && ByteArrayMethods.arrayEquals(
            one.getBaseObject(),
            offset(one, place),
            other.getBaseObject(),
            offset(other, otherPlace),
            length(place));
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    if (one.isNullAt(ordinal) || other.isNullAt(ordinal)) {
      return Boolean.compare(other.isNullAt(ordinal), one.isNullAt(ordinal));
    }
    long place = one.getLong(ordinal);
    long otherPlace = other.getLong(ordinal);
    return UnsignedBytes.compare(
        one.getBaseObject(),
        offset(one, place),
        length(place),
        other.getBaseObject(),
        offset(other, otherPlace),
        length(otherPlace));
  }

  private static long offset(UnsafeRow row, long place) {
    return row.getBaseOffset() + (place >>> Integer.SIZE);
  }

  private static int length(long place) {
    return (int) place;
  }
}
