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

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The ORDER BY column of frames that go by distance.
 *
 * @param ordinal its place in the row of columns that are read
 */
record OrderColumn(int ordinal, OrderValue value, boolean descending, boolean nullsFirst)
    implements Serializable {

  /** The value of a row where it is not null, as a long that ascends along the order. */
  long read(UnsafeRow columns) {
    long encoded = value.read(columns, ordinal);
    return descending ? ~encoded : encoded;
  }
}
