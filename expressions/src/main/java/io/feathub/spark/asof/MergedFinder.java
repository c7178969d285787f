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

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Finds right rows while both sides come by hash bucket and time. */
final class MergedFinder implements RightRowFinder {
  private final MergedMatches matches;
  private final LeftRecords left;
  private final TimeDistance distance;
  private final boolean mirrored;
  private boolean expired;

  /**
   * @param mirrored whether times are read in reverse order, on both sides
   */
  MergedFinder(MergedMatches matches, LeftRecords left, TimeDistance distance, boolean mirrored) {
    this.matches = matches;
    this.left = left;
    this.distance = distance;
    this.mirrored = mirrored;
  }

  @Override
  public UnsafeRow find(InternalRow leftRow) {
    expired = false;
    left.load((UnsafeRow) leftRow);
    MergedMatches.Last last = left.untimed() ? null : matches.find(left);
    if (last == null) {
      return null;
    }
    expired = !distance.reaches(encoded(left.time()), encoded(last.time()));
    return expired ? null : last.row();
  }

  @Override
  public boolean isExpired() {
    return expired;
  }

  private long encoded(long time) {
    return mirrored ? ~time : time;
  }
}
