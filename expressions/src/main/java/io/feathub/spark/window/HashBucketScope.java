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

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows come hash bucket by hash bucket, those of its keys mixed. */
final class HashBucketScope implements KeyScope {
  /** An entry of the map and the objects of a key's copy, without the bytes of the key. */
  private static final long ENTRY_BYTES = 160;

  /** States kept for the next bucket; they save allocation where buckets hold few keys. */
  private static final int MAX_SPARE = 256;

  private final FrameLayout layout;
  private final int[][] functionsByFrame;
  private final Map<UnsafeRow, KeyState> states = new HashMap<>();
  private final ArrayDeque<KeyState> spare = new ArrayDeque<>();
  private int bucket = -1;
  private long keyBytes;

  HashBucketScope(FrameLayout layout) {
    this.layout = layout;
    this.functionsByFrame = layout.functionsByFrame();
  }

  @Override
  public boolean contains(RowReader row) {
    return bucket == row.bucket();
  }

  @Override
  public void enter(RowReader row) {
    for (KeyState state : states.values()) {
      state.clear();
      if (spare.size() < MAX_SPARE) {
        spare.push(state);
      } else {
        layout.releaseState();
      }
    }
    states.clear();
    layout.memory().release(keyBytes);
    keyBytes = 0;
    bucket = row.bucket();
  }

  @Override
  public KeyState state(RowReader row) {
    KeyState state = states.get(row.key());
    return state != null ? state : newState(row.key());
  }

  private KeyState newState(UnsafeRow key) {
    long bytes = ENTRY_BYTES + key.getSizeInBytes();
    layout.memory().reserve(bytes);
    keyBytes += bytes;
    KeyState state = spare.poll();
    if (state == null) {
      layout.reserveState();
      state = new KeyState(layout, functionsByFrame);
    }
    states.put(key.copy(), state);
    return state;
  }
}
