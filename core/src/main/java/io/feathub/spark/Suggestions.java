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

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a misspelled name may have meant, for error messages. */
public final class Suggestions {
  private Suggestions() {}

  /** " Did you mean `x`?" with a leading blank, or nothing if no candidate is near. */
  public static String didYouMean(String name, Collection<String> candidates) {
    return closest(name, candidates).map(found -> " Did you mean `" + found + "`?").orElse("");
  }

  /** A sentence with the closest of the candidates, or with all of them if none is near. */
  public static String closestOrAll(String name, Collection<String> candidates) {
    Optional<String> closest = closest(name, candidates);
    if (closest.isPresent()) {
      return "Did you mean " + closest.get() + "?";
    }
    return candidates.isEmpty()
        ? "There is none."
        : "There are: " + candidates.stream().sorted().collect(Collectors.joining(", ")) + ".";
  }

  private static Optional<String> closest(String name, Collection<String> candidates) {
    // With more letters wrong it is another word.
    int limit = name.length() < 4 ? 1 : Math.max(2, Math.min(4, name.length() / 3));
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String wanted = plain(name);
    return candidates.stream()
        .filter(candidate -> distance.apply(wanted, plain(candidate)) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance.apply(wanted, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Spark's options are camelCase and ours are snake_case: that difference is no distance. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
