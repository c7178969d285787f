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
package io.feathub.spark.window.aggregate;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** COUNT of non-null values. */
final class CountFrame implements FrameAggregate {
  private long count;

  @Override
  public void add(long[] cells, int at) {
    count++;
  }

  @Override
  public void remove(long[] cells, int at) {
    count--;
  }

  @Override
  public void clear() {
    count = 0;
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    target.write(ordinal, count);
  }
}
