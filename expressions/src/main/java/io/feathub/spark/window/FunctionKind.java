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

/** What a function of a window computes. */
enum FunctionKind {
  COUNT_ROWS,
  COUNT_VALUES,
  SUM_OF_LONGS,
  SUM_OF_DOUBLES,
  /** A sum of floats that is rounded to a float. */
  SUM_OF_FLOATS,
  SUM_OF_DECIMALS,
  SUM_OF_DAY_TIME,
  SUM_OF_YEAR_MONTH,
  AVERAGE_OF_LONGS,
  AVERAGE_OF_DOUBLES,
  AVERAGE_OF_DECIMALS,
  AVERAGE_OF_DAY_TIME,
  AVERAGE_OF_YEAR_MONTH,
  VARIANCE_OF_POPULATION,
  VARIANCE_OF_SAMPLE,
  DEVIATION_OF_POPULATION,
  DEVIATION_OF_SAMPLE,
  MIN,
  MAX,
  FIRST,
  LAST,
  LIST,
  VALUE_COUNTS;

  boolean isExtreme() {
    return this == MIN || this == MAX;
  }

  /** Whether the result depends on the order of rows with equal order values. */
  boolean dependsOnOrder() {
    return this == FIRST || this == LAST || this == LIST;
  }
}
