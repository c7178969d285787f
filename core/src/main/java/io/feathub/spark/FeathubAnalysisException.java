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
package io.feathub.spark;

import io.feathub.spark.interop.ScalaCollections;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/**
 * A {@code FEATHUB_*} error in what the user asked for: an option, a schema, a query. Nothing has
 * been read or written when it is raised. It is an {@link AnalysisException} so that Spark, PySpark
 * and Spark Connect treat it as one, with the position in the query where there is one.
 */
public final class FeathubAnalysisException extends AnalysisException {

  FeathubAnalysisException(
      String condition,
      String sqlState,
      String messageTemplate,
      Map<String, String> messageParameters,
      String message,
      Origin origin,
      Throwable cause) {
    super(
        message,
        origin.line(),
        origin.startPosition(),
        Option.apply(cause),
        Option.apply(condition),
        ScalaCollections.map(messageParameters),
        origin.getQueryContext(),
        Option.apply(sqlState),
        Option.apply(messageTemplate));
  }
}
