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
import java.io.Serializable;
import org.apache.spark.sql.catalyst.plans.JoinType;

/**
 * What a kind of join gives for a left row.
 *
 * @param matched whether a left row with a match comes out
 * @param unmatched whether a left row without a match comes out
 */
record AsOfOutcome(boolean matched, boolean unmatched) implements Serializable {

  static AsOfOutcome of(JoinType joinType) {
    return new AsOfOutcome(
        !CatalystJoins.isLeftAnti(joinType), CatalystJoins.keepsUnmatchedLeftRows(joinType));
  }
}
