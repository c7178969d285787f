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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/**
 * Where the keys and the time stand in the right rows, and of which types these rows are: all that
 * is needed to index them. By position, so that two joins over the same data have equal ones.
 */
record RightSide(List<Integer> keys, TimeColumn time, List<DataType> types)
    implements Serializable {

  static RightSide of(
      scala.collection.immutable.Seq<Attribute> output,
      scala.collection.immutable.Seq<Attribute> keys,
      Attribute time) {
    List<Attribute> columns = ScalaCollections.list(output);
    List<Integer> keyOrdinals = new ArrayList<>();
    for (Attribute key : ScalaCollections.list(keys)) {
      keyOrdinals.add(ordinal(columns, key));
    }
    List<DataType> types = new ArrayList<>();
    for (Attribute column : columns) {
      types.add(column.dataType());
    }
    return new RightSide(
        List.copyOf(keyOrdinals),
        TimeColumn.of(ordinal(columns, time), time.dataType()),
        List.copyOf(types));
  }

  /** The position of a column among the columns of a row. */
  static int ordinal(List<Attribute> columns, Attribute wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).exprId().equals(wanted.exprId())) {
        return i;
      }
    }
    throw new IllegalArgumentException(wanted + " is not among " + columns);
  }

  /** Indexes rows; those with a null in a key or a null time match nothing and are left out. */
  AsOfIndex index(Iterator<InternalRow> rows, MemoryBudget budget) {
    List<BoundReference> keyReferences = new ArrayList<>();
    for (int key : keys) {
      keyReferences.add(new BoundReference(key, types.get(key), true));
    }
    UnsafeProjection keyOf = UnsafeProjection.create(ScalaCollections.seq(keyReferences));
    UnsafeProjection toUnsafe = UnsafeProjection.create(types.toArray(new DataType[0]));
    AsOfIndexBuilder builder =
        new AsOfIndexBuilder(keys.size(), types.size(), new TieOrder(types), budget);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      UnsafeRow key = keyOf.apply(row);
      if (!key.anyNull() && !time.isNull(row)) {
        builder.add(
            key, time.read(row), row instanceof UnsafeRow unsafe ? unsafe : toUnsafe.apply(row));
      }
    }
    return builder.build();
  }
}
