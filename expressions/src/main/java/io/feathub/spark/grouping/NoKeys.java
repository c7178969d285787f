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
package io.feathub.spark.grouping;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** All rows have the same key. */
record NoKeys() implements RowKeys {
  @Override
  public int load(UnsafeRow row) {
    return 0;
  }

  @Override
  public boolean equalTo(UnsafeRow one, UnsafeRow other) {
    return true;
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    return 0;
  }
}
