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
package io.feathub.spark.window;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Where the columns that a window reads are: in the input if all of them are columns of it, else in
 * a row of their own.
 */
final class ColumnPlaces {
  private final int[] ordinals;
  private final boolean areInput;

  ColumnPlaces(List<Expression> columns, List<Attribute> input) {
    int[] places = columns.stream().mapToInt(column -> placeOf(column, input)).toArray();
    this.areInput = Arrays.stream(places).allMatch(place -> place >= 0);
    this.ordinals = areInput ? places : IntStream.range(0, places.length).toArray();
  }

  private static int placeOf(Expression column, List<Attribute> input) {
    for (int i = 0; i < input.size(); i++) {
      if (input.get(i).semanticEquals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the row that is read is the input's. */
  boolean areInput() {
    return areInput;
  }

  int of(int column) {
    return ordinals[column];
  }
}
