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

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.CatalystLimits;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;

/**
 * The bounds that divide the left rows of an as-of join into ranges of about as many rows, by a
 * sample of their times.
 *
 * <p>The sample are the rows with the least hashes, so that it is the same whenever it is drawn:
 * both sides of the join read the bounds, and it must not matter whether Spark computes them once
 * or twice.
 *
 * @param plan gives one row with the bounds alone
 */
record RangeBounds(LogicalPlan plan, Attribute column) {
  private static final int SAMPLES_PER_RANGE = 100;
  private static final int MOST_SAMPLES = 100_000;

  static RangeBounds of(LogicalPlan rows, Attribute time, int ranges) {
    Alias encoded = CatalystExpressions.alias(new EncodedTime(time), "time");
    Alias hash = CatalystExpressions.alias(hash(rows), "hash");
    LogicalPlan timed = new Filter(new IsNotNull(time), rows);
    LogicalPlan hashed = new Project(ScalaCollections.seq(encoded, hash), timed);
    int size = Math.min(SAMPLES_PER_RANGE * ranges, MOST_SAMPLES);
    LogicalPlan sample =
        CatalystLimits.first(
            new Literal(size, DataTypes.IntegerType),
            hashed,
            CatalystExpressions.ascending(hash.toAttribute()),
            CatalystExpressions.ascending(encoded.toAttribute()));
    Percentile percentiles = new Percentile(encoded.toAttribute(), fractions(ranges));
    Alias bounds = CatalystExpressions.alias(percentiles.toAggregateExpression(), "bounds");
    return new RangeBounds(CatalystLimits.aggregate(bounds, sample), bounds.toAttribute());
  }

  /** The range that a time is in, as a new column. */
  Alias rangeOf(Attribute time) {
    return CatalystExpressions.alias(new TimeRange(new EncodedTime(time), column), "time_range");
  }

  private static Expression hash(LogicalPlan rows) {
    List<Expression> columns = new ArrayList<>();
    for (Attribute column : ScalaCollections.list(rows.output())) {
      XxHash64 alone = new XxHash64(ScalaCollections.seq(column), 0);
      if (alone.checkInputDataTypes().isSuccess()) {
        columns.add(column);
      }
    }
    return new XxHash64(ScalaCollections.seq(columns), 0);
  }

  private static Expression fractions(int ranges) {
    double[] fractions = new double[ranges - 1];
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] = (i + 1.0) / ranges;
    }
    return new Literal(
        new GenericArrayData(fractions), DataTypes.createArrayType(DataTypes.DoubleType, false));
  }
}
