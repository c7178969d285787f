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
    return relation(List.of(rows).iterator(), Integer.toString(rows.length));
  }

  @Override
  public Object transform(scala.collection.Iterator<InternalRow> rows, Option<Object> sizeHint) {
    String count = sizeHint.isDefined() ? sizeHint.get().toString() : "too many";
    return relation(ScalaCollections.iterator(rows), count);
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

  /** Spark does the same for its own broadcasts, with advice that is of no use for this one. */
  private BroadcastAsOfIndex relation(Iterator<InternalRow> rows, String count) {
    try {
      return new BroadcastAsOfIndex(rightSide.index(rows, MemoryBudget.unlimited()));
    } catch (OutOfMemoryError refused) {
      throw AsOfErrors.broadcastTooLarge(count, refused);
    }
  }
}
