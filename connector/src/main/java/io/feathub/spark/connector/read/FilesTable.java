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

import io.feathub.spark.connector.options.OptionNames;
import io.feathub.spark.connector.options.PlainFilesOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Plain files as a table: the files' columns, and the event time where one is declared. */
public final class FilesTable implements SupportsRead, SupportsMetadataColumns {
  private final FileTable files;
  private final CaseInsensitiveStringMap loadOptions;
  private final PlainFilesOptions options;
  private final DeclaredColumns declared;

  private FilesTable(
      FileTable files,
      CaseInsensitiveStringMap loadOptions,
      PlainFilesOptions options,
      DeclaredColumns declared) {
    this.files = files;
    this.loadOptions = loadOptions;
    this.options = options;
    this.declared = declared;
  }

  /** Checks options, lists files, checks columns. {@code schema} may be null for Parquet. */
  public static FilesTable open(CaseInsensitiveStringMap loadOptions, StructType schema) {
    SparkSession session = SparkSession.active();
    SQLConf conf = SQLConf.get();
    SparkFiles.refuseFeathubTables(session, PlainFilesOptions.paths(loadOptions));
    PlainFilesOptions options = PlainFilesOptions.parse(loadOptions, conf.sessionLocalTimeZone());
    if (schema == null && options.format().isText()) {
      throw ReadErrors.schemaRequired(options.format().optionValue());
    }
    FileTable files = SparkFiles.table(session, options, schema);
    StructType fileSchema = SchemaReader.schemaOf(files, options);
    return new FilesTable(
        files,
        loadOptions,
        options,
        DeclaredColumns.of(options, fileSchema, conf.caseSensitiveAnalysis()));
  }

  /** The columns that the files hold. */
  public StructType fileSchema() {
    return declared.fileSchema();
  }

  @Override
  public String name() {
    return files.name();
  }

  @Override
  public Column[] columns() {
    StructType schema = declared.fileSchema();
    if (options.eventTimeColumn() != null) {
      schema = schema.add(options.eventTimeColumn(), DataTypes.TimestampType, true);
    }
    return CatalogV2Util.structTypeToV2Columns(schema, false);
  }

  @Override
  public Transform[] partitioning() {
    return files.partitioning();
  }

  @Override
  public Map<String, String> properties() {
    // Options may hold secrets of file systems, and properties are shown to everyone.
    return Map.of(OptionNames.DATA_FORMAT, options.format().optionValue());
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return declared.hasMetadataColumn(options)
        ? new MetadataColumn[] {new EventTimeMetadataColumn()}
        : new MetadataColumn[0];
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap queryOptions) {
    queryOptions.forEach(
        (name, value) -> {
          if (!value.equals(loadOptions.get(name))) {
            throw ReadErrors.optionOfQuery(name);
          }
        });
    return new FilesScanBuilder(files, options, declared);
  }

  /** The event time under its fixed name. */
  private static final class EventTimeMetadataColumn implements MetadataColumn {
    @Override
    public String name() {
      return DeclaredColumns.EVENT_TIME;
    }

    @Override
    public DataType dataType() {
      return DataTypes.TimestampType;
    }

    @Override
    public String comment() {
      return "The event time, parsed from the timestamp field";
    }
  }
}
