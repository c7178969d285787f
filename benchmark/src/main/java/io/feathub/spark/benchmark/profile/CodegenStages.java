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
package io.feathub.spark.benchmark.profile;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;

/** Which operators of a plan each stage of generated code is made of. */
public final class CodegenStages {
  private CodegenStages() {}

  /**
   * The stages of a plan by their numbers, such as {@code Project + Filter + ColumnarToRow}.
   *
   * @param plan after it ran: an adaptive one is final only then
   */
  public static Map<Integer, String> of(SparkPlan plan) {
    Map<Integer, String> stages = new TreeMap<>();
    PlanTraversal.visitExecuted(
        plan,
        node -> {
          if (node instanceof WholeStageCodegenExec stage) {
            List<String> names = new ArrayList<>();
            collect(stage.child(), names);
            stages.put(
                stage.codegenStageId(),
                String.format(
                    "generated code %d: %s", stage.codegenStageId(), String.join(" + ", names)));
          }
        });
    return stages;
  }

  private static void collect(SparkPlan plan, List<String> names) {
    if (!(plan instanceof InputAdapter)) {
      names.add(plan.nodeName());
      ScalaCollections.list(plan.children()).forEach(child -> collect(child, names));
    }
  }
}
