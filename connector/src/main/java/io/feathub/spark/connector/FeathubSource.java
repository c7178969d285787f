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
package io.feathub.spark.connector;

import io.feathub.spark.connector.options.PlainFilesOptions;
import io.feathub.spark.connector.read.FilesTable;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read.format("feathub")}: JSON, CSV and Parquet files with event time. Spark's own
 * readers parse the files; this source adds the event time, checks what the options declare, and
 * turns every bad input into an error that names file, place and fix. The options are those of
 * {@link PlainFilesOptions} and of Spark's reader of the format.
 *
 * <p>A schema is required for JSON and CSV; Parquet files bring their own. Loading lists the files.
 */
public final class FeathubSource implements TableProvider, DataSourceRegister {
  @Override
  public String shortName() {
    return "feathub";
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  /** The schema of Parquet files; an error for the other formats, which have none. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return FilesTable.open(options, null).fileSchema();
  }

  @Override
  public Transform[] inferPartitioning(CaseInsensitiveStringMap options) {
    return new Transform[0];
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return FilesTable.open(new CaseInsensitiveStringMap(properties), schema);
  }
}
