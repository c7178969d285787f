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
package io.feathub.spark.asof;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Which filters {@link InferAsOfFilters} has put below a join already, so that it does so once.
 * Kept out of Catalyst's sight, which would simplify them beyond recognition.
 *
 * @param canonical in the form in which equal expressions are equal
 */
public record InferredFilters(Set<Expression> canonical) {
  static final InferredFilters NONE = new InferredFilters(Set.of());

  boolean contains(Expression filter) {
    return canonical.contains(filter.canonicalized());
  }

  InferredFilters with(Expression filter) {
    Set<Expression> all = new HashSet<>(canonical);
    all.add(filter.canonicalized());
    return new InferredFilters(Set.copyOf(all));
  }
}
