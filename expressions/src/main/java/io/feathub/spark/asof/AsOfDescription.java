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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.JoinType;
import scala.collection.immutable.Seq;

/** How EXPLAIN shows an as-of join, logical or physical. */
final class AsOfDescription {
  private AsOfDescription() {}

  /** For example {@code backward [ts#1 >= ts#7], keys [item_id#2 = item_id#5], LEFT OUTER}. */
  static String of(
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      AsOfMatching matching,
      JoinType joinType) {
    List<Attribute> left = ScalaCollections.list(leftKeys);
    List<Attribute> right = ScalaCollections.list(rightKeys);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      keys.add(left.get(i) + " = " + right.get(i));
    }
    return String.format(
        "%s [%s %s %s], keys [%s], %s",
        matching.direction().name().toLowerCase(java.util.Locale.ROOT),
        leftTime,
        matching.operator(),
        rightTime,
        String.join(", ", keys),
        joinType.sql());
  }
}
