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
package io.feathub.spark.benchmark.data;

/**
 * A table that is generated, the same on every machine: each value is a hash of the row's number
 * and of a seed of its column, whatever the partitions.
 */
public sealed interface Table permits Events, Facts {
  /** Changes with the rows that the parameters of a table stand for. */
  String VERSION = "v2";

  /** On average. */
  long ROWS_PER_FILE = 500_000;

  /** Names the table and everything that its rows depend on. */
  String directory();

  long rows();

  /** Where rows are. */
  default Layout layout() {
    return Layout.SCATTERED;
  }

  /** How many files there are, the same on every machine. */
  default int files() {
    return (int) Math.max(2, (rows() + ROWS_PER_FILE - 1) / ROWS_PER_FILE);
  }

  /** Spark SQL that makes a row from {@code id}, its number. */
  String select();

  /** Spark SQL for a uniform number of [0, 1) that depends on the row's number and a seed alone. */
  static String uniform(int seed) {
    return "(shiftrightunsigned(xxhash64(id, " + seed + "), 11) * 1.1102230246251565E-16D)";
  }

  /** Spark SQL for the name of a key with a number. */
  static String key(String kind, String number) {
    return String.format("concat('%s_', lpad(CAST(%s AS STRING), 7, '0'))", kind, number);
  }
}
