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

import io.feathub.spark.connector.options.PlainFilesOptions;
import io.feathub.spark.interop.ScalaCollections;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.apache.spark.sql.execution.datasources.v2.csv.CSVTable;
import org.apache.spark.sql.execution.datasources.v2.json.JsonTable;
import org.apache.spark.sql.execution.datasources.v2.parquet.ParquetTable;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Option;
import scala.collection.immutable.Seq;

/** Spark's own tables over the same files. The one place that makes them. */
final class SparkFiles {
  private static final String FEATHUB_DIRECTORY = "_feathub";

  private SparkFiles() {}

  /** Lists the files; {@code schema} may be null for Parquet. */
  static FileTable table(SparkSession session, PlainFilesOptions options, StructType schema) {
    FileTable table = make(session, options, schema);
    try {
      if (table.fileIndex().allFiles().isEmpty()) {
        throw ReadErrors.noDataFiles(
            options.paths(), options.readerOption("pathGlobFilter").orElse(null));
      }
    } catch (Exception e) {
      throw listingFailure(e, options.paths());
    }
    return table;
  }

  private static FileTable make(
      SparkSession session, PlainFilesOptions options, StructType schema) {
    org.apache.spark.sql.classic.SparkSession classic =
        (org.apache.spark.sql.classic.SparkSession) session;
    String name = "feathub " + options.format().optionValue();
    CaseInsensitiveStringMap reader = new CaseInsensitiveStringMap(options.readerOptions());
    Seq<String> paths = ScalaCollections.seq(options.paths());
    Option<StructType> declared = Option.apply(schema);
    return switch (options.format()) {
      case JSON -> new JsonTable(name, classic, reader, paths, declared, JsonFileFormat.class);
      case CSV -> new CSVTable(name, classic, reader, paths, declared, CSVFileFormat.class);
      case PARQUET ->
          new ParquetTable(name, classic, reader, paths, declared, ParquetFileFormat.class);
    };
  }

  /** Refuses directories that hold a feathub table, whose files alone are not its content. */
  static void refuseFeathubTables(SparkSession session, List<String> paths) {
    Configuration conf = session.sparkContext().hadoopConfiguration();
    for (String path : paths) {
      if (holdsFeathubTable(path, conf)) {
        throw ReadErrors.feathubTable(path);
      }
    }
  }

  private static boolean holdsFeathubTable(String path, Configuration conf) {
    try {
      Path directory = new Path(path);
      FileSystem files = directory.getFileSystem(conf);
      return files.exists(new Path(directory, FEATHUB_DIRECTORY));
    } catch (IOException | IllegalArgumentException e) {
      // A glob, or a file system that only the options configure: Spark's listing will tell.
      return false;
    }
  }

  private static RuntimeException listingFailure(Exception failure, List<String> paths) {
    if (failure instanceof SparkThrowable error && "PATH_NOT_FOUND".equals(error.getCondition())) {
      Map<String, String> parameters = error.getMessageParameters();
      throw ReadErrors.pathNotFound(
          parameters.getOrDefault("path", String.join(", ", paths)), failure);
    }
    if (failure instanceof FileNotFoundException) {
      throw ReadErrors.pathNotFound(String.join(", ", paths), failure);
    }
    throw Unchecked.rethrow(failure);
  }
}
