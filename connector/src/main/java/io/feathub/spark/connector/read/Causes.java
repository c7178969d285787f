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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Looks through an exception and its causes. */
final class Causes {
  private static final int MAX_REASON = 200;

  private Causes() {}

  /** The exception first, the root last. */
  static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable current = thrown;
        current != null && !chain.contains(current);
        current = current.getCause()) {
      chain.add(current);
    }
    return chain;
  }

  static <T> Optional<T> find(Throwable thrown, Class<T> type) {
    return chain(thrown).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The first that has a condition which begins like this. */
  static Optional<SparkThrowable> withCondition(Throwable thrown, String prefix) {
    return chain(thrown).stream()
        .filter(SparkThrowable.class::isInstance)
        .map(SparkThrowable.class::cast)
        .filter(error -> error.getCondition() != null && error.getCondition().startsWith(prefix))
        .findFirst();
  }

  /** What the root cause says, in one short line. */
  static String reason(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = chain.get(i).getMessage();
      if (message != null && !message.isBlank()) {
        return Snippet.of(message.lines().findFirst().orElse(""), MAX_REASON);
      }
    }
    return chain.get(chain.size() - 1).getClass().getSimpleName();
  }
}
