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
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode;
import scala.Option;

/** Broadcasts the right side of an as-of join as one index, built once on the driver. */
record AsOfBroadcastMode(RightSide rightSide) implements BroadcastMode, Serializable {

  @Override
  public Object transform(InternalRow[] rows) {
    return relation(List.of(rows).iterator());
  }

  @Override
  public Object transform(scala.collection.Iterator<InternalRow> rows, Option<Object> sizeHint) {
    return relation(ScalaCollections.iterator(rows));
  }

  /** Positions and types only: it is canonical already. */
  @Override
  public BroadcastMode canonicalized() {
    return this;
  }

  @Override
  public String toString() {
    return "AsOfIndex(keys: " + rightSide.keys() + ", time: " + rightSide.time() + ")";
  }

  private BroadcastAsOfIndex relation(Iterator<InternalRow> rows) {
    return new BroadcastAsOfIndex(rightSide.index(rows, MemoryBudget.unlimited()));
  }
}
