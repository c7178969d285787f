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
package io.feathub.spark.benchmark.profile;

import java.util.Set;

/**
 * Which operator the classes with a prefix belong to.
 *
 * @param part of the operator, or empty
 * @param parents if not empty, the code is shared: below an operator of these it is a part of that
 *     one, elsewhere it stands for itself
 */
record Rule(String prefix, String operator, String part, Set<String> parents) {
  static Rule operator(String prefix, String operator) {
    return new Rule(prefix, operator, "", Set.of());
  }

  static Rule part(String prefix, String operator, String part) {
    return new Rule(prefix, operator, part, Set.of());
  }

  static Rule shared(String prefix, String label, Set<String> parents) {
    return new Rule(prefix, label, "", parents);
  }

  boolean isShared() {
    return !parents.isEmpty();
  }

  String label() {
    return part.isEmpty() ? operator : operator + ", " + part;
  }
}
