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

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;

/** What a user may have meant by a name that does not exist. */
final class Suggestions {
  private Suggestions() {}

  /** A sentence with the closest of the candidates, or with all of them if none is close. */
  static String sentence(String name, Collection<String> candidates) {
    Optional<String> closest =
        candidates.stream()
            .filter(candidate -> isClose(name, candidate))
            .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    if (closest.isPresent()) {
      return "Did you mean " + closest.get() + "?";
    }
    return candidates.isEmpty()
        ? "There is none."
        : "There are: " + candidates.stream().sorted().collect(Collectors.joining(", ")) + ".";
  }

  private static boolean isClose(String name, String candidate) {
    int distance = distance(name, candidate);
    return distance <= Math.max(2, name.length() / 3) && distance < candidate.length();
  }

  private static int distance(String left, String right) {
    return UTF8String.fromString(left)
        .toLowerCase()
        .levenshteinDistance(UTF8String.fromString(right).toLowerCase());
  }
}
