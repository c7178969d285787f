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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows come key by key. */
final class SingleKeyScope implements KeyScope {
  private final KeyState state;
  private final UnsafeRow key;
  private boolean entered;

  SingleKeyScope(FrameLayout layout, int keyFields) {
    layout.reserveState();
    this.state = new KeyState(layout, layout.functionsByFrame());
    this.key = new UnsafeRow(keyFields);
    key.pointTo(new byte[0], 0);
  }

  @Override
  public boolean contains(RowReader row) {
    return entered && key.equals(row.key());
  }

  @Override
  public void enter(RowReader row) {
    state.clear();
    key.copyFrom(row.key());
    entered = true;
  }

  @Override
  public KeyState state(RowReader row) {
    return state;
  }
}
