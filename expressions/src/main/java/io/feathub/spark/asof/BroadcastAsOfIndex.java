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

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.joins.HashedRelation;
import scala.collection.Iterator;

/**
 * An index in the only shape that Spark's broadcast exchange accepts. The look-ups of a hashed
 * relation mean nothing for it: as-of operators ask for the {@link #index}.
 */
final class BroadcastAsOfIndex implements HashedRelation, Serializable {
  private final AsOfIndex index;

  BroadcastAsOfIndex(AsOfIndex index) {
    this.index = index;
  }

  AsOfIndex index() {
    return index;
  }

  @Override
  public long estimatedSize() {
    return index.sizeInBytes();
  }

  @Override
  public HashedRelation asReadOnlyCopy() {
    return this;
  }

  @Override
  public void close() {}

  @Override
  public boolean keyIsUnique() {
    return false;
  }

  @Override
  public Iterator<InternalRow> get(InternalRow key) {
    throw notHashed();
  }

  @Override
  public InternalRow getValue(InternalRow key) {
    throw notHashed();
  }

  @Override
  public Iterator<InternalRow> keys() {
    throw notHashed();
  }

  private static IllegalStateException notHashed() {
    return new IllegalStateException("An as-of index is not looked up by key alone");
  }
}
