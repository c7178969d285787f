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
package io.feathub.spark.benchmark.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.benchmark.contender.Execution.WrongOperator;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each side's plan must have, and must not have of the other side. */
class TestEvidence {
  private static final Job JOB =
      new Job(
          Events.purchases(10, 1, 1),
          AsOfKeys.ITEM,
          List.of(Facts.prices(1, 1)),
          List.of(new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2))));

  private static final Job WITHOUT_WINDOWS =
      new Job(JOB.events(), AsOfKeys.ITEM, JOB.facts(), List.of());
  private static final Job KEYLESS = new Job(JOB.events(), AsOfKeys.NONE, JOB.facts(), List.of());

  @Test
  void oursHasNothingOfSparks() {
    Evidence ours = FeathubWay.DEFAULT.evidence(JOB);
    List<String> right = List.of("ProjectExec", "StreamingWindowExec", "BroadcastAsOfJoinExec");
    assertThat(ours.in(right)).isEqualTo(right);
    for (String sparks : List.of("WindowExec", "SortExec", "BroadcastHashJoinExec")) {
      assertWrong(
          ours,
          List.of(sparks, "StreamingWindowExec", "BroadcastAsOfJoinExec"),
          sparks + " is among the operators that ran: [" + sparks);
    }
  }

  @Test
  void stockSparkHasNothingOfOurs() {
    for (StockWay way : StockWay.values()) {
      Evidence stock = way.evidence(JOB);
      List<String> right =
          List.of(
              "WindowExec",
              SparkOperators.SEGMENT_TREES,
              "SortAggregateExec",
              "SortMergeJoinExec",
              "SortExec");
      assertThat(stock.in(right)).isEqualTo(right);
      for (String ours :
          List.of("BroadcastAsOfJoinExec", "ShuffledAsOfJoinExec", "StreamingWindowExec")) {
        assertWrong(
            stock,
            List.of(
                "WindowExec",
                SparkOperators.SEGMENT_TREES,
                "SortAggregateExec",
                "SortMergeJoinExec",
                ours),
            ours + " is among the operators that ran: [WindowExec");
      }
    }
  }

  @Test
  void theFormUnderTestHasToRun() {
    assertWrong(
        FeathubWay.SHUFFLED.evidence(JOB),
        List.of("StreamingWindowExec", "BroadcastAsOfJoinExec"),
        "There is no ShuffledAsOfJoinExec among the operators that ran");
    assertWrong(
        StockWay.SEGMENT_TREE.evidence(JOB),
        List.of("WindowExec"),
        "There is no WindowExec with segment trees among the operators that ran");
  }

  /** The bounds of ranges of time are broadcast as one row, either side of the join never. */
  @Test
  void withoutAKeyOneRowMayBeBroadcast() {
    Evidence ours = FeathubWay.DEFAULT.evidence(KEYLESS);
    List<String> ranges = List.of("ShuffledAsOfJoinExec", SparkOperators.NESTED_LOOP_OF_ONE_ROW);
    assertThat(ours.in(ranges)).isEqualTo(ranges);
    assertWrong(
        ours,
        List.of("BroadcastNestedLoopJoinExec", "ShuffledAsOfJoinExec"),
        "BroadcastNestedLoopJoinExec is among the operators that ran");
    assertWrong(
        FeathubWay.DEFAULT.evidence(WITHOUT_WINDOWS),
        ranges,
        "BroadcastNestedLoopJoinExec with one row is among the operators that ran");
  }

  /** What is timed as a window over sorted rows must not have sorted or moved them. */
  @Test
  void sortedRowsHaveToStayInTheirOrder() {
    Job sorted =
        new Job(JOB.events().withPrice().byUserAndTime(), AsOfKeys.ITEM, List.of(), JOB.windows());
    List<String> operators =
        List.of("WindowExec", SparkOperators.SEGMENT_TREES, "FileSourceScanExec");
    String message = "There is no window in the order of its input among the operators that ran";
    assertWrong(StockWay.UNION.evidence(sorted), operators, message);
    assertWrong(StockWay.SEGMENT_TREE.evidence(sorted), operators, message);
    assertWrong(FeathubWay.DEFAULT.evidence(sorted), List.of("StreamingWindowExec"), message);
    List<String> right = List.of("StreamingWindowExec", SparkOperators.WINDOW_IN_ORDER);
    assertThat(FeathubWay.DEFAULT.evidence(sorted).in(right)).isEqualTo(right);
  }

  @Test
  void sparksOwnAsOfJoinFormsPairs() {
    assertWrong(
        StockWay.AS_OF_JOIN.evidence(KEYLESS),
        List.of("SortAggregateExec", SparkOperators.NESTED_LOOP_OF_ONE_ROW),
        "There is no BroadcastNestedLoopJoinExec|CartesianProductExec among");
    assertWrong(
        StockWay.AS_OF_JOIN.evidence(JOB),
        List.of("SortAggregateExec", "WindowExec"),
        "There is no (BroadcastHash|ShuffledHash|SortMerge)JoinExec among");
  }

  private static void assertWrong(Evidence evidence, List<String> operators, String message) {
    assertThatThrownBy(() -> evidence.in(operators))
        .isInstanceOf(WrongOperator.class)
        .hasMessageStartingWith(message);
  }
}
