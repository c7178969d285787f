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
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ErrorClassesJsonReader;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * Makes the errors that users see from the catalogue {@code error/feathub-error-conditions.json}.
 * Each module wraps this in a factory with one method per error.
 *
 * <p>Spark's own reader fills in the texts, so the format of a message, a SQLSTATE and the
 * behaviour of {@link SparkThrowable} are what Spark users know.
 */
public final class FeathubErrors {
  private static final ErrorClassesJsonReader CATALOGUE = new ErrorClassesJsonReader(catalogue());

  private FeathubErrors() {}

  /** An error met while data is read, computed or written. */
  public static FeathubException failure(String condition, Map<String, String> parameters) {
    return failure(condition, parameters, null);
  }

  /** An error met while data is read, computed or written; {@code cause} may be null. */
  public static FeathubException failure(
      String condition, Map<String, String> parameters, Throwable cause) {
    return new FeathubException(
        condition, sqlState(condition), parameters, message(condition, parameters), cause);
  }

  /**
   * An error in what the user asked for. Use as {@code throw invalid(..)}: the exception is checked
   * and Spark's interfaces do not declare it, so this method throws it itself.
   */
  public static RuntimeException invalid(String condition, Map<String, String> parameters) {
    return invalid(condition, parameters, CurrentOrigin.get(), null);
  }

  /** An error in what the user asked for, found at a place in the query. */
  public static RuntimeException invalid(
      String condition, Map<String, String> parameters, Origin origin) {
    return invalid(condition, parameters, origin, null);
  }

  /** An error in what the user asked for; {@code cause} may be null. */
  public static RuntimeException invalid(
      String condition, Map<String, String> parameters, Throwable cause) {
    return invalid(condition, parameters, CurrentOrigin.get(), cause);
  }

  private static RuntimeException invalid(
      String condition, Map<String, String> parameters, Origin origin, Throwable cause) {
    return throwUnchecked(
        new FeathubAnalysisException(
            condition,
            sqlState(condition),
            CATALOGUE.getMessageTemplate(condition),
            parameters,
            message(condition, parameters),
            origin,
            cause));
  }

  /**
   * The {@code FEATHUB_*} error among an exception and its causes, if there is one. Spark wraps
   * what a task throws; this finds what the user should read.
   */
  public static Optional<SparkThrowable> find(Throwable thrown) {
    for (Throwable current = thrown; current != null; current = current.getCause()) {
      if (current instanceof SparkThrowable candidate
          && candidate.getCondition() != null
          && candidate.getCondition().startsWith("FEATHUB_")) {
        return Optional.of(candidate);
      }
      if (current.getCause() == current) {
        break;
      }
    }
    return Optional.empty();
  }

  private static String message(String condition, Map<String, String> parameters) {
    Set<String> expected =
        new TreeSet<>(ScalaCollections.list(CATALOGUE.getMessageParameters(condition)));
    if (!expected.equals(parameters.keySet())) {
      throw new IllegalArgumentException(
          condition + " takes the parameters " + expected + ", not " + parameters.keySet());
    }
    return "["
        + condition
        + "] "
        + CATALOGUE.getErrorMessage(condition, ScalaCollections.map(parameters))
        + " SQLSTATE: "
        + sqlState(condition);
  }

  private static String sqlState(String condition) {
    return CATALOGUE.getSqlState(condition);
  }

  private static scala.collection.immutable.Seq<URL> catalogue() {
    return ScalaCollections.seq(
        List.of(FeathubErrors.class.getResource("/error/feathub-error-conditions.json")));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException throwUnchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
