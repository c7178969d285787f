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
package io.feathub.spark.connector.read;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/**
 * Which stored types a declared type can be read from, as far as the stored width tells. Spark's
 * vectorized reader checks more; its row reader checks less and would fail without a name.
 */
final class ParquetTypes {
  private static final Set<PrimitiveTypeName> BYTES =
      EnumSet.of(PrimitiveTypeName.BINARY, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
  private static final Set<PrimitiveTypeName> DECIMALS =
      EnumSet.of(
          PrimitiveTypeName.INT32,
          PrimitiveTypeName.INT64,
          PrimitiveTypeName.BINARY,
          PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
  private static final Set<PrimitiveTypeName> TIMES =
      EnumSet.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64, PrimitiveTypeName.INT96);
  private static final Map<DataType, Set<PrimitiveTypeName>> STORED_AS =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, EnumSet.of(PrimitiveTypeName.BOOLEAN)),
          Map.entry(DataTypes.ByteType, EnumSet.of(PrimitiveTypeName.INT32)),
          Map.entry(DataTypes.ShortType, EnumSet.of(PrimitiveTypeName.INT32)),
          Map.entry(DataTypes.IntegerType, EnumSet.of(PrimitiveTypeName.INT32)),
          Map.entry(DataTypes.DateType, EnumSet.of(PrimitiveTypeName.INT32)),
          Map.entry(
              DataTypes.LongType, EnumSet.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64)),
          Map.entry(DataTypes.FloatType, EnumSet.of(PrimitiveTypeName.FLOAT)),
          Map.entry(
              DataTypes.DoubleType,
              EnumSet.of(
                  PrimitiveTypeName.DOUBLE, PrimitiveTypeName.FLOAT, PrimitiveTypeName.INT32)),
          Map.entry(DataTypes.BinaryType, BYTES),
          Map.entry(DataTypes.TimestampType, TIMES),
          Map.entry(DataTypes.TimestampNTZType, TIMES));

  private ParquetTypes() {}

  static boolean canRead(DataType declared, Type found) {
    boolean nested =
        declared instanceof StructType
            || declared instanceof ArrayType
            || declared instanceof MapType;
    if (!found.isPrimitive()) {
      return nested || storedAs(declared) == null;
    }
    Set<PrimitiveTypeName> stored = storedAs(declared);
    PrimitiveTypeName name = found.asPrimitiveType().getPrimitiveTypeName();
    // A list may be stored as a repeated primitive.
    return nested
        ? declared instanceof ArrayType && found.isRepetition(Type.Repetition.REPEATED)
        : (stored == null || stored.contains(name))
            && sameMeaning(declared, name, found.getLogicalTypeAnnotation());
  }

  /**
   * Refuses types of equal width that mean something else: digits of a decimal without its point, a
   * count of units as a number, a time of a wall clock as an instant and the other way round.
   */
  private static boolean sameMeaning(
      DataType declared, PrimitiveTypeName stored, LogicalTypeAnnotation annotation) {
    if (annotation instanceof DecimalLogicalTypeAnnotation) {
      return declared instanceof DecimalType;
    }
    boolean wallClock = declared instanceof TimestampNTZType;
    if (annotation instanceof TimestampLogicalTypeAnnotation time) {
      return declared instanceof LongType
          ? time.getUnit() == TimeUnit.NANOS
          : time.isAdjustedToUTC() != wallClock;
    }
    return !(wallClock && stored == PrimitiveTypeName.INT96);
  }

  /** Null for types that are left to Spark. */
  private static Set<PrimitiveTypeName> storedAs(DataType declared) {
    if (declared instanceof StringType) {
      return BYTES;
    }
    return declared instanceof DecimalType ? DECIMALS : STORED_AS.get(declared);
  }
}
