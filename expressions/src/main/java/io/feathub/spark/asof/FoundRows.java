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
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Left rows in the order in which they come, for each of which a right row is found by itself. */
final class FoundRows implements MatchedRows {
  private final Iterator<InternalRow> rows;
  private final RightRowFinder finder;
  private InternalRow left;
  private UnsafeRow match;

  FoundRows(Iterator<InternalRow> rows, RightRowFinder finder) {
    this.rows = rows;
    this.finder = finder;
  }

  @Override
  public boolean advance() {
    if (!rows.hasNext()) {
      return false;
    }
    left = rows.next();
    match = finder.find(left);
    return true;
  }

  @Override
  public InternalRow left() {
    return left;
  }

  @Override
  public UnsafeRow match() {
    return match;
  }

  @Override
  public boolean isExpired() {
    return finder.isExpired();
  }
}
