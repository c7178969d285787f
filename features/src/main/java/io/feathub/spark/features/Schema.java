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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The fields of a table, in order. */
public final class Schema {
  private final StructType fields;

  private Schema(StructType fields) {
    this.fields = fields;
    for (String name : fields.fieldNames()) {
      FieldNames.requireUsable("field", name);
    }
    FieldNames.requireDistinct("the schema", Arrays.asList(fields.fieldNames()));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A schema with the fields of a Spark schema. */
  public static Schema of(StructType fields) {
    return new Schema(fields);
  }

  public List<String> fieldNames() {
    return List.of(fields.fieldNames());
  }

  public boolean contains(String name) {
    return fieldNames().contains(name);
  }

  /** The type of a field that the schema contains. */
  public DataType fieldType(String name) {
    return fields.fields()[fieldNames().indexOf(name)].dataType();
  }

  public StructType toStructType() {
    return fields;
  }

  /** Collects fields in order. */
  public static final class Builder {
    private final List<StructField> fields = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a field.
     *
     * @param type a Spark SQL type or one of FeatHub's names, such as {@code INT} or {@code Int32}
     */
    public Builder column(String name, String type) {
      return column(name, FieldTypes.parse(type));
    }

    /** Adds a field that may be null. */
    public Builder column(String name, DataType type) {
      fields.add(DataTypes.createStructField(name, type, true));
      return this;
    }

    public Schema build() {
      return new Schema(DataTypes.createStructType(fields));
    }
  }
}
