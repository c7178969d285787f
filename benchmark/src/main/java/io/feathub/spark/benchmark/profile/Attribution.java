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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives each sampled stack to one operator: that of the innermost frame whose class is known to be
 * of one, so that shared code counts to the operator that called it.
 *
 * @param stages the operators of generated code by the number of its stage; others are named by
 *     their number
 */
record Attribution(Map<Integer, String> stages) {
  static final String UNKNOWN = "other in tasks";
  static final String OTHER_THREADS = "driver and other threads";

  private static final Pattern STAGE =
      Pattern.compile(Pattern.quote(OperatorRules.GENERATED) + "(\\d+)");

  /**
   * Where operators run: tasks, and the building of what is broadcast. Flight Recorder gives a
   * thread the name that it had at the start or at the end of the recording, when a worker of tasks
   * may be called idle.
   */
  static boolean runsOperators(String thread) {
    return thread.startsWith("Executor task ") || thread.startsWith("broadcast-exchange");
  }

  /**
   * @param stack the innermost frame first
   */
  String operator(String thread, List<Frame> stack) {
    if (!runsOperators(thread)) {
      return OTHER_THREADS;
    }
    Rule inner = null;
    for (Frame frame : stack) {
      Matcher stage = STAGE.matcher(frame.className());
      if (stage.lookingAt()) {
        return inner == null ? generated(Integer.parseInt(stage.group(1))) : inner.label();
      }
      Optional<Rule> rule = OperatorRules.of(frame);
      if (rule.isEmpty()) {
        continue;
      }
      if (inner != null && !rule.get().isShared()) {
        return within(rule.get(), inner);
      }
      if (!rule.get().isShared()) {
        return rule.get().label();
      }
      inner = inner == null ? rule.get() : inner;
    }
    return inner == null ? UNKNOWN : inner.label();
  }

  private static String within(Rule caller, Rule inner) {
    return inner.parents().contains(caller.operator())
        ? caller.operator() + ", " + inner.operator()
        : inner.label();
  }

  private String generated(int stage) {
    return stages.getOrDefault(stage, "generated code of stage " + stage);
  }
}
