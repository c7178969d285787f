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

import io.feathub.spark.interop.CatalystJoins;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.HintInfo;

/** How an as-of join runs, as far as the user has said it by one of Spark's join hints. */
public enum AsOfForm {
  /** By the estimated size of the right side. */
  ANY,
  BROADCAST,
  HASHED,
  MERGED;

  /** Of the hints that Spark has for its own joins. */
  static AsOfForm of(Optional<HintInfo> hint) {
    if (hint.isEmpty() || !CatalystJoins.namesStrategy(hint.get())) {
      return ANY;
    }
    if (CatalystJoins.asksForBroadcast(hint.get())) {
      return BROADCAST;
    }
    return CatalystJoins.asksForMerge(hint.get()) ? MERGED : HASHED;
  }
}
