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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** COUNT(*): how many rows are selected. */
final class RowCount implements FrameFunction {
  @Override
  public void enter(long position, long[] cells, int base) {}

  @Override
  public void leave(long[] cells, int base) {}

  @Override
  public void clear() {}

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    target.write(ordinal, selection.rows());
  }
}
