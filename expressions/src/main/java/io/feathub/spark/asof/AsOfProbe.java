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
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/**
 * The left half of an as-of join: all that a task needs to run its left rows past an index.
 *
 * @param keepUnmatched whether a left row without a match comes out, padded with nulls
 */
record AsOfProbe(
    Seq<Attribute> leftKeys,
    Seq<Attribute> leftColumns,
    TimeColumn leftTime,
    List<DataType> rightTypes,
    AsOfMatching matching,
    boolean keepUnmatched,
    SQLMetric outputRows,
    SQLMetric matched,
    SQLMetric unmatched)
    implements Serializable {

  /** The joined rows; each is valid until the next one is asked for. */
  Iterator<InternalRow> join(Iterator<InternalRow> left, AsOfIndex index) {
    List<Expression> keys = new ArrayList<>(ScalaCollections.list(leftKeys));
    List<DataType> outputTypes = new ArrayList<>();
    for (Attribute column : ScalaCollections.list(leftColumns)) {
      outputTypes.add(column.dataType());
    }
    outputTypes.addAll(rightTypes);
    return new AsOfJoinIterator(
        left,
        index.prober(matching),
        UnsafeProjection.create(ScalaCollections.<Expression>seq(keys), leftColumns),
        UnsafeProjection.create(outputTypes.toArray(new DataType[0])),
        this);
  }
}
