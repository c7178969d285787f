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

/**
 * Reads the keys of rows. Null is a key like others, equal to itself. What is equal has equal
 * bytes, which {@link RowKeySpec} takes care of.
 *
 * <p>May have buffers of its own: for one thread.
 */
public interface RowKeys {

  /**
   * The hash of a row's key. It has nothing to do with the hash by which Spark distributes rows, so
   * that the keys of one partition spread over all hashes.
   */
  int load(UnsafeRow row);

  /** Whether two rows have the same key. */
  boolean equalTo(UnsafeRow one, UnsafeRow other);

  /** A total order of keys, consistent with {@link #equalTo}, that means nothing else. */
  int compare(UnsafeRow one, UnsafeRow other);
}
