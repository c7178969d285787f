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
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Left rows that are looked up in groups on their way, and what was found for each. */
final class LookedUpRows implements Iterator<InternalRow>, RightRowFinder {
  private final Iterator<InternalRow> left;
  private final Function<InternalRow, UnsafeRow> toUnsafe;
  private final LookUpGroup group;
  private boolean atRow;

  LookedUpRows(
      Iterator<InternalRow> left, Function<InternalRow, UnsafeRow> toUnsafe, LookUpGroup group) {
    this.left = left;
    this.toUnsafe = toUnsafe;
    this.group = group;
  }

  @Override
  public boolean hasNext() {
    if (!atRow) {
      atRow = group.advance() || advanceInNextGroup();
    }
    return atRow;
  }

  private boolean advanceInNextGroup() {
    while (!group.isFull() && left.hasNext()) {
      group.add(toUnsafe.apply(left.next()));
    }
    return group.advance();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    atRow = false;
    return group.left();
  }

  /** Of the row that came last. */
  @Override
  public UnsafeRow find(InternalRow leftRow) {
    return group.match();
  }

  @Override
  public boolean isExpired() {
    return group.isExpired();
  }
}
