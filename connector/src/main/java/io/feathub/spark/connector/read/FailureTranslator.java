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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.univocity.parsers.common.TextParsingException;
import io.feathub.spark.FeathubErrors;
import io.feathub.spark.connector.time.UnparsableEventTimeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.SparkUpgradeException;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;
import org.apache.spark.sql.types.StructField;

/** Makes of what Spark's readers throw an error that names the file, the place and the fix. */
final class FailureTranslator {
  private static final String CSV_HEADER = "_LEGACY_ERROR_TEMP_3241";

  private final ReadPlan plan;
  private final RecordLocator locator;

  FailureTranslator(PartitionReaderFactory factory, ReadPlan plan) {
    this.plan = plan;
    this.locator = RecordLocator.of(factory);
  }

  /** {@code rowsBefore} are the rows that the reader gave before it failed. */
  RuntimeException translate(Exception failure, PartitionedFile file, long rowsBefore) {
    if (isNotAboutTheFile(failure)) {
      throw Unchecked.rethrow(failure);
    }
    String path = FilePaths.display(file);
    if (isAccess(failure)) {
      return ReadErrors.unreadableFile(path, failure);
    }
    if (!plan.format().isText()) {
      return parquet(failure, path);
    }
    if (Causes.withCondition(failure, CSV_HEADER).isPresent()) {
      String message =
          Causes.withCondition(failure, CSV_HEADER).get().getMessageParameters().get("msg");
      return ReadErrors.csvHeader(path, headerReason(message), failure);
    }
    if (!isMalformed(failure) && Causes.find(failure, IOException.class).isPresent()) {
      return ReadErrors.corruptFile(path, failure);
    }
    RecordPlace place =
        locator
            .firstMalformed(file)
            .orElseGet(() -> RecordLocator.byOrdinal(failure, rowsBefore + 1));
    return ReadErrors.malformedRecord(path, place, failure);
  }

  /** An event time that does not parse; {@code rowsBefore} rows of the file came before it. */
  RuntimeException unparsable(
      UnparsableEventTimeException failure,
      InternalRow row,
      PartitionedFile file,
      long rowsBefore) {
    int ordinal = plan.timestampOrdinal();
    StructField field = plan.fileColumns().fields()[ordinal];
    Optional<RecordPlace> place =
        plan.format().isText() ? locator.firstUnparsable(file, plan.eventTime()) : Optional.empty();
    String where =
        place.map(RecordPlace::where).orElseGet(() -> FilePaths.rowPlace(file, rowsBefore + 1));
    String value =
        place
            .map(RecordPlace::snippet)
            .orElseGet(() -> Values.display(row, ordinal, field.dataType()));
    String reason = place.map(RecordPlace::reason).orElse(failure.getMessage());
    return ReadErrors.unparsableTimestamp(
        FilePaths.display(file), where, field.name(), value, plan.eventTime().describe(), reason);
  }

  private RuntimeException parquet(Exception failure, String path) {
    Optional<SchemaColumnConvertNotSupportedException> conversion =
        Causes.find(failure, SchemaColumnConvertNotSupportedException.class);
    if (conversion.isPresent()) {
      SchemaColumnConvertNotSupportedException mismatch = conversion.get();
      return ReadErrors.columnType(
          path,
          mismatch.getColumn().replaceAll("^\\[|]$", ""),
          mismatch.getLogicalType(),
          mismatch.getPhysicalType(),
          failure);
    }
    Optional<SparkThrowable> converter =
        Causes.withCondition(failure, "PARQUET_CONVERSION_FAILURE");
    if (converter.isPresent()) {
      // The name of the column is part of the type that the file declares.
      Map<String, String> parameters = converter.get().getMessageParameters();
      String found = parameters.get("parquetType");
      return ReadErrors.columnType(path, found, parameters.get("dataType"), found, failure);
    }
    return ReadErrors.corruptFile(path, failure);
  }

  private static String headerReason(String message) {
    StringBuilder reason = new StringBuilder();
    message
        .lines()
        .filter(line -> !line.startsWith("CSV file"))
        .forEach(line -> reason.append(line.strip()).append("; "));
    return Snippet.of(reason.toString(), 500);
  }

  private static boolean isNotAboutTheFile(Exception failure) {
    return FeathubErrors.find(failure).isPresent()
        || Causes.find(failure, TaskKilledException.class).isPresent()
        || Causes.find(failure, ClosedByInterruptException.class).isPresent()
        || Causes.find(failure, InterruptedIOException.class).isPresent()
        || Causes.find(failure, InterruptedException.class).isPresent()
        || Causes.find(failure, SparkUpgradeException.class).isPresent();
  }

  private static boolean isAccess(Exception failure) {
    return Causes.find(failure, FileNotFoundException.class).isPresent()
        || Causes.find(failure, AccessControlException.class).isPresent()
        || Causes.find(failure, BlockMissingException.class).isPresent();
  }

  private static boolean isMalformed(Exception failure) {
    return Causes.find(failure, BadRecordException.class).isPresent()
        || Causes.find(failure, JsonProcessingException.class).isPresent()
        || Causes.find(failure, TextParsingException.class).isPresent()
        || Causes.withCondition(failure, "MALFORMED_").isPresent();
  }
}
