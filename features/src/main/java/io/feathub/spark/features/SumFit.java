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
package io.feathub.spark.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Casts a sum to the type of its feature; a sum that does not fit is an error naming both. */
public final class SumFit {
  private SumFit() {}

  static Column cast(String feature, Column sum, DataType from, DataType to) {
    if (Cast.canUpCast(from, to)) {
      return AnsiColumns.cast(sum, to);
    }
    Column fitted = AnsiColumns.tryCast(sum, to);
    Column fits = sum.isNull().or(fitted.isNotNull());
    if (to.equals(DataTypes.FloatType)) {
      // A double beyond the greatest float becomes an infinity rather than a null.
      Column infinite = AnsiColumns.cast(lit(Float.POSITIVE_INFINITY), DataTypes.DoubleType);
      Column fittedSize = abs(fitted);
      Column sumSize = abs(sum);
      fits = fits.and(sum.isNull().or(fittedSize.notEqual(infinite)).or(sumSize.equalTo(infinite)));
    }
    return when(fits, fitted).otherwise(refused(feature, sum, to));
  }

  /**
   * A sum of FLOATs as a FLOAT.
   *
   * @param rounded the exact sum rounded to FLOAT, which is infinite if it is too large
   * @param sum the exact sum rounded to DOUBLE, which is not
   */
  static Column floats(String feature, Column rounded, Column sum) {
    Column fits = abs(rounded).notEqual(lit(Float.POSITIVE_INFINITY));
    Column isInfinite = abs(sum).equalTo(lit(Double.POSITIVE_INFINITY));
    return when(sum.isNull().or(fits).or(isInfinite), rounded)
        .otherwise(refused(feature, sum, DataTypes.FloatType));
  }

  /** An error that says of a sum that it does not fit. */
  static Column refused(String feature, Column sum, DataType to) {
    Column error =
        ExpressionUtils.column(
            new StaticInvoke(
                SumFit.class,
                DataTypes.StringType,
                "refuse",
                arguments(lit(feature), sum.cast(DataTypes.StringType), lit(to.sql())),
                ScalaCollections.seq(List.<AbstractDataType>of()),
                true,
                true,
                true,
                Option.empty()));
    return AnsiColumns.tryCast(error, to);
  }

  /** Called by Spark for a sum that does not fit; never returns. */
  @SuppressWarnings("DoNotCallSuggester") // Code that Spark generates calls it.
  public static UTF8String refuse(UTF8String feature, UTF8String sum, UTF8String type) {
    throw FeatureErrors.sumDoesNotFit(feature.toString(), sum.toString(), type.toString());
  }

  private static scala.collection.immutable.Seq<Expression> arguments(Column... columns) {
    return ScalaCollections.seq(
        java.util.Arrays.stream(columns).map(ExpressionUtils::expression).toList());
  }
}
