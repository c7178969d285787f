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

import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.features.sink.StagedWrite;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Computes the features of views on a Spark session. Clients share nothing, and change nothing in
 * the session.
 */
public final class FeathubClient {
  private final SparkSession session;
  private final Map<String, TableDescriptor> tables = new ConcurrentHashMap<>();

  private FeathubClient(SparkSession session) {
    this.session = session;
  }

  /**
   * A client on a session.
   *
   * @param session started with {@code
   *     spark.sql.extensions=io.feathub.spark.FeathubSparkExtensions}
   */
  public static FeathubClient create(SparkSession session) {
    requireNonNull(session, "session is null");
    if (!FeathubSparkExtensions.installedIn(session)) {
      throw FeatureErrors.extensionMissing();
    }
    return new FeathubClient(session);
  }

  /**
   * Makes tables known by their names, for views to read and to join. A table takes the place of an
   * earlier one of the same name, for views that are read from then on.
   */
  public void buildFeatures(TableDescriptor... descriptors) {
    for (TableDescriptor table : descriptors) {
      tables.put(table.name(), table);
    }
  }

  /**
   * The rows of a view, one per row of its source, in no stated order. The whole view is checked
   * now; the data is read when the DataFrame is.
   */
  public Dataset<Row> getFeatures(DerivedFeatureView view) {
    ResolvedView resolved = ViewResolver.resolve(Map.copyOf(tables), view);
    return new ViewBuilder(new TableReader(session), resolved).build();
  }

  /**
   * Computes a view and writes its rows.
   *
   * @param allowOverwrite whether to replace what is at the sink's path, which stays readable until
   *     the new files are complete; otherwise an existing path is an error before any work starts
   */
  public void materializeFeatures(
      DerivedFeatureView view, FileSystemSink sink, boolean allowOverwrite) {
    StagedWrite write = StagedWrite.to(session, sink.path(), allowOverwrite);
    write.run(getFeatures(view), sink.dataFormat(), sink.options());
  }
}
