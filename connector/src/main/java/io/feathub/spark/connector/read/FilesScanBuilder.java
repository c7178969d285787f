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
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.execution.datasources.v2.FileScan;
import org.apache.spark.sql.execution.datasources.v2.FileScanBuilder;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.apache.spark.sql.internal.connector.SupportsPushDownCatalystFilters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.collection.immutable.Seq;

/**
 * Hands pruning and filters on to Spark's builder for the files, and keeps back what concerns the
 * event time. The timestamp field is read where the event time is wanted, even if nobody selects
 * it.
 */
final class FilesScanBuilder
    implements SupportsPushDownRequiredColumns, SupportsPushDownCatalystFilters {
  private final FileScanBuilder files;
  private final PlainFilesOptions options;
  private final DeclaredColumns declared;
  private List<StructField> eventTimeColumns;

  FilesScanBuilder(FileTable table, PlainFilesOptions options, DeclaredColumns declared) {
    this.files = (FileScanBuilder) table.newScanBuilder(CaseInsensitiveStringMap.empty());
    this.options = options;
    this.declared = declared;
    this.eventTimeColumns = List.of();
  }

  @Override
  public void pruneColumns(StructType required) {
    StructType wanted = new StructType();
    List<StructField> ours = new ArrayList<>();
    for (StructField field : required.fields()) {
      if (declared.isEventTime(field.name(), options)) {
        ours.add(field);
      } else {
        wanted = wanted.add(field);
      }
    }
    if (!ours.isEmpty() && !List.of(wanted.fieldNames()).contains(declared.eventTime().field())) {
      wanted = wanted.add(declared.fileSchema().apply(declared.eventTime().field()));
    }
    eventTimeColumns = List.copyOf(ours);
    files.pruneColumns(wanted);
  }

  @Override
  public Seq<Expression> pushFilters(Seq<Expression> filters) {
    List<Expression> ofFiles = new ArrayList<>();
    List<Expression> kept = new ArrayList<>();
    for (Expression filter : ScalaCollections.list(filters)) {
      (readsEventTime(filter) ? kept : ofFiles).add(filter);
    }
    kept.addAll(0, ScalaCollections.list(files.pushFilters(ScalaCollections.seq(ofFiles))));
    return ScalaCollections.seq(kept);
  }

  private boolean readsEventTime(Expression filter) {
    for (Attribute attribute : ScalaCollections.list(filter.references().toSeq())) {
      if (declared.isEventTime(attribute.name(), options)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Predicate[] pushedFilters() {
    return files.pushedFilters();
  }

  @Override
  public Scan build() {
    FileScan scan = (FileScan) files.build();
    return new FilesScan(scan, ReadPlan.of(scan.readSchema(), eventTimeColumns, options, declared));
  }
}
