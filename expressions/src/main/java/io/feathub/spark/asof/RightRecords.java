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

import io.feathub.spark.bucketsort.BucketAndTime;
import io.feathub.spark.bucketsort.BucketedRow;
import io.feathub.spark.interop.ScalaCollections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Right rows on their way through a sort: the columns that an index would store, then the key's,
 * then the encoded time. So a row is the same whether it was to be indexed first or not.
 */
record RightRecords(List<DataType> stored, List<DataType> keys) implements Serializable {

  static RightRecords of(RightSide side) {
    List<DataType> keys = side.keys().stream().map(side.types()::get).toList();
    return new RightRecords(side.storedTypes(), keys);
  }

  List<DataType> types() {
    List<DataType> types = new ArrayList<>(stored);
    types.addAll(keys);
    types.add(DataTypes.LongType);
    return types;
  }

  StructType schema() {
    StructType schema = new StructType();
    for (DataType type : types()) {
      schema = schema.add("c" + schema.size(), type);
    }
    return schema;
  }

  int timeOrdinal() {
    return stored.size() + keys.size();
  }

  Writer newWriter() {
    return new Writer();
  }

  /**
   * For one thread.
   *
   * @param mirrored whether times are read in reverse order
   */
  Reader newReader(boolean mirrored) {
    return new Reader(mirrored);
  }

  final class Writer {
    private final UnsafeProjection toRecord =
        UnsafeProjection.create(types().toArray(new DataType[0]));
    private final JoinedRow storedAndKey = new JoinedRow();
    private final JoinedRow all = new JoinedRow();
    private final UnsafeRow time = new UnsafeRow(1);

    private Writer() {
      time.pointTo(new byte[16], 16);
    }

    /** Valid until the next call. */
    UnsafeRow record(UnsafeRow storedColumns, UnsafeRow key, long encodedTime) {
      time.setLong(0, encodedTime);
      return toRecord.apply(all.apply(storedAndKey.apply(storedColumns, key), time));
    }
  }

  final class Reader implements BucketedRow {
    private final boolean mirrored;
    private final UnsafeProjection keyOf;
    private UnsafeRow row;
    private UnsafeRow key;

    private Reader(boolean mirrored) {
      this.mirrored = mirrored;
      List<BoundReference> columns = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        columns.add(new BoundReference(stored.size() + i, keys.get(i), false));
      }
      this.keyOf = UnsafeProjection.create(ScalaCollections.seq(columns));
    }

    @Override
    public void load(UnsafeRow record) {
      row = record;
      key = keyOf.apply(record);
    }

    UnsafeRow key() {
      return key;
    }

    @Override
    public int bucket() {
      return BucketAndTime.bucket(key);
    }

    @Override
    public boolean untimed() {
      return false;
    }

    @Override
    public long time() {
      long time = row.getLong(timeOrdinal());
      return mirrored ? ~time : time;
    }
  }
}
