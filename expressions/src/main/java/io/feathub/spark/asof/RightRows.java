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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The right rows of an as-of join one after another, each taken apart. Those with a null in a key
 * or a null time match nothing and are left out.
 */
final class RightRows {
  private final Iterator<InternalRow> rows;
  private final int timeOrdinal;
  private final TimeColumn encodedTime;
  private final UnsafeProjection keyOf;
  private final UnsafeProjection storedOf;
  private InternalRow row;
  private UnsafeRow key;

  /**
   * @param encodedTime null if times have to be ranked
   * @param storedOf gives the columns to store
   */
  RightRows(
      Iterator<InternalRow> rows,
      int timeOrdinal,
      TimeColumn encodedTime,
      UnsafeProjection keyOf,
      UnsafeProjection storedOf) {
    this.rows = rows;
    this.timeOrdinal = timeOrdinal;
    this.encodedTime = encodedTime;
    this.keyOf = keyOf;
    this.storedOf = storedOf;
  }

  /** Moves to the next row; false if there is none. */
  boolean advance() {
    while (rows.hasNext()) {
      row = rows.next();
      key = keyOf.apply(row);
      if (!key.anyNull() && !row.isNullAt(timeOrdinal)) {
        return true;
      }
    }
    row = null;
    return false;
  }

  boolean atRow() {
    return row != null;
  }

  /** What this gives, as the other methods, is valid until the next row. */
  InternalRow row() {
    return row;
  }

  UnsafeRow key() {
    return key;
  }

  /** Of no account if times have to be ranked. */
  long time() {
    return encodedTime == null ? 0 : encodedTime.read(row);
  }

  UnsafeRow stored() {
    return storedOf.apply(row);
  }
}
