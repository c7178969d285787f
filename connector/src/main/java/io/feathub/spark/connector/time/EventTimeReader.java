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
package io.feathub.spark.connector.time;

import org.apache.spark.sql.catalyst.InternalRow;

/** Reads event times from rows. Made once per task; not safe for use by several threads. */
public interface EventTimeReader {
  /**
   * The event time in microseconds since the epoch of a field that is not null.
   *
   * @throws UnparsableEventTimeException if the value does not fit the format exactly
   */
  long read(InternalRow row, int ordinal) throws UnparsableEventTimeException;
}
