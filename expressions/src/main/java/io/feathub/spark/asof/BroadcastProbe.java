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
package io.feathub.spark.asof;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/** What a task needs to look left rows up in a broadcast index. Public for generated code. */
public final class BroadcastProbe implements Serializable {
  private final Broadcast<BroadcastAsOfIndex> broadcast;
  private final AsOfProbe probe;

  BroadcastProbe(Broadcast<BroadcastAsOfIndex> broadcast, AsOfProbe probe) {
    this.broadcast = broadcast;
    this.probe = probe;
  }

  AsOfProbe probe() {
    return probe;
  }

  AsOfIndex index() {
    return broadcast.value().index();
  }

  /** In a task, for its one thread. */
  public LookUpGroup group() {
    return probe.group(index());
  }
}
