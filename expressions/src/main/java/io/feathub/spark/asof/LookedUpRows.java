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
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Left rows in the order in which they come, looked up in groups. */
final class LookedUpRows implements MatchedRows {
  private final Iterator<InternalRow> rows;
  private final Function<InternalRow, UnsafeRow> toUnsafe;
  private final LookUpGroup group;

  LookedUpRows(
      Iterator<InternalRow> rows, Function<InternalRow, UnsafeRow> toUnsafe, LookUpGroup group) {
    this.rows = rows;
    this.toUnsafe = toUnsafe;
    this.group = group;
  }

  @Override
  public boolean advance() {
    if (group.advance()) {
      return true;
    }
    while (!group.isFull() && rows.hasNext()) {
      group.add(toUnsafe.apply(rows.next()));
    }
    return group.advance();
  }

  @Override
  public InternalRow left() {
    return group.left();
  }

  @Override
  public UnsafeRow match() {
    return group.match();
  }

  @Override
  public boolean isExpired() {
    return group.isExpired();
  }
}
