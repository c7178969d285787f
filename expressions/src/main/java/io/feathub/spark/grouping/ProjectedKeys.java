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

import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Any expressions, by the bytes of a row of their values; computed anew with every call. */
final class ProjectedKeys implements RowKeys {
  private final UnsafeProjection projection;

  /** With a buffer of its own, for comparisons. */
  private final UnsafeProjection otherProjection;

  ProjectedKeys(List<Expression> keys) {
    this.projection = UnsafeProjection.create(ScalaCollections.seq(keys));
    this.otherProjection = UnsafeProjection.create(ScalaCollections.seq(keys));
  }

  @Override
  public int load(UnsafeRow row) {
    UnsafeRow key = projection.apply(row);
    return KeyHash.ofBytes(key.getBaseObject(), key.getBaseOffset(), key.getSizeInBytes());
  }

  @Override
  public boolean equalTo(UnsafeRow one, UnsafeRow other) {
    return projection.apply(one).equals(otherProjection.apply(other));
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    return UnsignedBytes.compare(projection.apply(one), otherProjection.apply(other));
  }
}
