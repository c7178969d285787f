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

/** Several columns, each read where it is. */
final class CompositeKeys implements RowKeys {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final RowKeys[] columns;

  CompositeKeys(RowKeys[] columns) {
    this.columns = columns;
  }

  @Override
  public int load(UnsafeRow row) {
    long hash = 0;
    for (RowKeys column : columns) {
      hash = (hash ^ column.load(row)) * MULTIPLIER;
      hash ^= hash >>> Integer.SIZE;
    }
    return (int) hash;
  }

  @Override
  public boolean equalTo(UnsafeRow one, UnsafeRow other) {
    for (RowKeys column : columns) {
      if (!column.equalTo(one, other)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    for (RowKeys column : columns) {
      int order = column.compare(one, other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
