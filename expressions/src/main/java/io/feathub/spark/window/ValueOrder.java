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

import io.feathub.spark.spill.ByteLog;
import org.apache.spark.unsafe.types.UTF8String;

/** Which of two values MIN or MAX prefers. */
final class ValueOrder {
  private final ValueType type;
  private final int sign;
  private final ByteLog.Reader ownReader;

  /**
   * @param bytes where the second value of a comparison is, if values are bytes; else null
   */
  ValueOrder(ValueType type, boolean greatest, ByteLog bytes) {
    this.type = type;
    this.sign = greatest ? 1 : -1;
    this.ownReader = bytes == null ? null : bytes.newReader();
  }

  /**
   * Positive if the first value is preferred, 0 if they are equal.
   *
   * @param reader reads the first value, if it is bytes
   */
  int compare(long[] one, int oneAt, ByteLog.Reader reader, long[] other, int otherAt) {
    if (!type.isBytes()) {
      return sign * type.compare(one, oneAt, other, otherAt);
    }
    reader.moveTo(one[oneAt]);
    ownReader.moveTo(other[otherAt]);
    return sign * text(reader).binaryCompare(text(ownReader));
  }

  /** Bytes, of a text or not; they are compared as unsigned numbers. */
  private static UTF8String text(ByteLog.Reader reader) {
    return UTF8String.fromAddress(reader.base(), reader.offset(), reader.length());
  }
}
