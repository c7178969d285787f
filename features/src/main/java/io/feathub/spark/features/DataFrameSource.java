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

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** A table that is any DataFrame. Its timestamp field, if it has one, is a TIMESTAMP column. */
public final class DataFrameSource implements TableDescriptor {
  private final String name;
  private final Dataset<Row> dataFrame;
  private final Schema schema;
  private final List<String> keys;
  private final String timestampField;

  private DataFrameSource(Builder builder) {
    this.name = builder.name;
    this.dataFrame = builder.dataFrame;
    this.schema = Schema.of(dataFrame.schema());
    this.keys = List.copyOf(builder.keys);
    this.timestampField = builder.timestampField;
    TableFields.check(name, schema, keys, timestampField);
    if (timestampField != null
        && !schema.fieldType(timestampField).equals(DataTypes.TimestampType)) {
      throw FeatureErrors.timestampFieldType(
          name, timestampField, schema.fieldType(timestampField).sql());
    }
  }

  public static Builder builder(String name, Dataset<Row> dataFrame) {
    return new Builder(name, dataFrame);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<String> keys() {
    return keys;
  }

  @Override
  public Optional<String> timestampField() {
    return Optional.ofNullable(timestampField);
  }

  Dataset<Row> dataFrame() {
    return dataFrame;
  }

  /** Collects what a table over a DataFrame needs. */
  public static final class Builder {
    private final String name;
    private final Dataset<Row> dataFrame;
    private List<String> keys = List.of();
    private String timestampField;

    private Builder(String name, Dataset<Row> dataFrame) {
      this.name = requireNonNull(name, "name is null");
      this.dataFrame = requireNonNull(dataFrame, "dataFrame is null");
    }

    /** The fields that other tables join on; default none. */
    public Builder keys(String... names) {
      this.keys = List.of(names);
      return this;
    }

    /** The TIMESTAMP column with the event time; default none. */
    public Builder timestampField(String field) {
      this.timestampField = field;
      return this;
    }

    public DataFrameSource build() {
      return new DataFrameSource(this);
    }
  }
}
