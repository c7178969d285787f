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

import io.feathub.spark.bucketsort.BucketTimeSorter;
import io.feathub.spark.bucketsort.TimeOrder;
import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * The left half of an as-of join: all that a task needs to run its left rows past the right ones.
 *
 * @param keptColumns of the right side: those that are found
 * @param emitted how many of those, the first ones, come out; none of a semi or an anti join
 */
record AsOfProbe(
    Seq<Attribute> leftKeys,
    Seq<Attribute> leftColumns,
    List<Attribute> keptColumns,
    int emitted,
    LeftTime leftTime,
    Option<Expression> residual,
    AsOfMatching matching,
    AsOfOutcome outcome,
    AsOfMetrics metrics)
    implements Serializable {

  /** The joined rows; each is valid until the next one. */
  Iterator<InternalRow> join(MatchedRows rows) {
    InternalRow nullRight = new GenericInternalRow(keptColumns.size());
    return new AsOfJoinIterator(rows, toOutput(), nullRight, outcome, metrics);
  }

  /** Left rows in their order, looked up in an index. */
  MatchedRows lookUp(Iterator<InternalRow> left, AsOfIndex index) {
    return new LookedUpRows(left, toUnsafe(), group(index));
  }

  /** Looks left rows up for this task, which tells at its end what that has spared. */
  LookUpGroup group(AsOfIndex index) {
    AsOfIndex.Prober prober = index.prober(matching, leftTime);
    AsOfIndex.PairsAvoided pairs = prober.pairsAvoided();
    atEndOfTask(() -> metrics.pairsAvoided().add(pairs.count()));
    return group(prober);
  }

  /** Rows may be wanted no more before the last one. */
  static void atEndOfTask(Runnable tell) {
    if (TaskContext.get() != null) {
      TaskCompletionListener listener = ended -> tell.run();
      TaskContext.get().addTaskCompletionListener(listener);
    }
  }

  /** Looks left rows up in an index, for one thread. */
  LookUpGroup group(AsOfIndex.Prober prober) {
    return new LookUpGroup(prober, keyOfLeft(), pairTest(), leftColumns.size(), leftKeys.size());
  }

  UnsafeProjection keyOfLeft() {
    List<Expression> keys = new ArrayList<>(ScalaCollections.list(leftKeys));
    return UnsafeProjection.create(ScalaCollections.<Expression>seq(keys), leftColumns);
  }

  /** Reads left rows for a sort; see {@link LeftRecords} for mirrored times. */
  LeftRecords newLeftReader(boolean mirrored) {
    return new LeftRecords(keyOfLeft(), leftTime.encoded(), mirrored);
  }

  /** Sorts left rows by hash bucket and time. */
  BucketTimeSorter leftSorter(boolean mirrored, BucketTimeSorter.Options options) {
    return new BucketTimeSorter(
        () -> newLeftReader(mirrored),
        new TimeOrder(true),
        leftSchema(),
        CatalystExpressions.orderingBy(leftTime.ordinal(), leftTime.type(), mirrored),
        options);
  }

  private StructType leftSchema() {
    StructType schema = new StructType();
    for (Attribute column : ScalaCollections.list(leftColumns)) {
      schema = schema.add("c" + schema.size(), column.dataType());
    }
    return schema;
  }

  List<DataType> leftTypes() {
    return ScalaCollections.list(leftColumns).stream().map(Attribute::dataType).toList();
  }

  /** Left rows as bytes, as most are already. */
  Function<InternalRow, UnsafeRow> toUnsafe() {
    UnsafeProjection projection = UnsafeProjection.create(leftTypes().toArray(new DataType[0]));
    return row -> row instanceof UnsafeRow unsafe ? unsafe : projection.apply(row);
  }

  /** What a pair of rows must satisfy; null if nothing. */
  private BasePredicate pairTest() {
    return residual.isEmpty()
        ? null
        : Predicate.create(residual.get(), ScalaCollections.seq(pairColumns()));
  }

  private UnsafeProjection toOutput() {
    List<Attribute> columns = pairColumns();
    List<Expression> output = new ArrayList<>(columns.subList(0, leftColumns.size() + emitted));
    return UnsafeProjection.create(
        ScalaCollections.<Expression>seq(output), ScalaCollections.seq(columns));
  }

  private List<Attribute> pairColumns() {
    List<Attribute> columns = new ArrayList<>(ScalaCollections.list(leftColumns));
    for (Attribute column : keptColumns) {
      // Without a match they are null, whatever the right side says.
      columns.add(column.withNullability(true));
    }
    return columns;
  }
}
