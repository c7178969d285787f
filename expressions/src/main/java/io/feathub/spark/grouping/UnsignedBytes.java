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
import org.apache.spark.unsafe.Platform;

/**
 * The order of bytes as of numbers from 0 to 255; what is a prefix of something comes before it.
 */
final class UnsignedBytes {
  private UnsignedBytes() {}

  /** Compares all bytes of two rows. */
  static int compare(UnsafeRow one, UnsafeRow other) {
    return compare(
        one.getBaseObject(),
        one.getBaseOffset(),
        one.getSizeInBytes(),
        other.getBaseObject(),
        other.getBaseOffset(),
        other.getSizeInBytes());
  }

  static int compare(
      Object base, long offset, int length, Object otherBase, long otherOffset, int otherLength) {
    int common = Math.min(length, otherLength);
    int i = 0;
    while (i + Long.BYTES <= common
        && Platform.getLong(base, offset + i) == Platform.getLong(otherBase, otherOffset + i)) {
      i += Long.BYTES;
    }
    for (; i < common; i++) {
      int one = Byte.toUnsignedInt(Platform.getByte(base, offset + i));
      int other = Byte.toUnsignedInt(Platform.getByte(otherBase, otherOffset + i));
      if (one != other) {
        return one - other;
      }
    }
    return Integer.compare(length, otherLength);
  }
}
