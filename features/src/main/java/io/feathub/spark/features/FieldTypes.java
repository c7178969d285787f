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

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The names of types. */
final class FieldTypes {
  private static final Map<String, DataType> FEATHUB_NAMES =
      Map.ofEntries(
          entry("bytes", DataTypes.BinaryType),
          entry("string", DataTypes.StringType),
          entry("int32", DataTypes.IntegerType),
          entry("int64", DataTypes.LongType),
          entry("float32", DataTypes.FloatType),
          entry("float64", DataTypes.DoubleType),
          entry("bool", DataTypes.BooleanType),
          entry("timestamp", DataTypes.TimestampType));

  private FieldTypes() {}

  /** Reads one of FeatHub's names in any case, or else a Spark SQL type. */
  static DataType parse(String name) {
    DataType known = FEATHUB_NAMES.get(name.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    try {
      return new CatalystSqlParser().parseDataType(name);
    } catch (Exception e) { // Spark does not declare its checked ParseException.
      throw FeatureErrors.unknownType(name);
    }
  }
}
