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
package io.feathub.spark.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.contender.SparkSessions;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.measure.AnswerCheck.Agreement;
import io.feathub.spark.benchmark.measure.AnswerCheck.WrongAnswer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAnswerCheck {
  private static final Job JOB =
      new Job(Events.purchases(4, 2, 2), AsOfKeys.ITEM, List.of(Facts.prices(2, 1)), List.of());
  private static final String RIGHT =
      """
      VALUES ('u1', 'i1', 1, TIMESTAMP '2022-01-01 00:00:01', 1.5D),
             ('u1', 'i1', 1, TIMESTAMP '2022-01-01 00:00:01', 1.5D),
             ('u2', 'i1', 2, TIMESTAMP '2022-01-01 00:00:02', CAST(NULL AS DOUBLE)),
             ('u2', 'i2', 3, TIMESTAMP '2022-01-01 00:00:03', 0D)
      """;

  @TempDir private Path directory;
  private static SparkSessions sessions;
  private static SparkSession session;

  @BeforeAll
  static void start() {
    sessions = new SparkSessions(2, BenchmarkDirectories.WORK);
    session = sessions.stock();
  }

  @AfterAll
  static void stop() {
    sessions.close();
  }

  @Test
  void equalAnswersInAnyOrderAgree() {
    String reversed = "SELECT * FROM (" + RIGHT + ") ORDER BY col4 DESC";
    assertThat(compare(Agreement.TO_THE_BIT, RIGHT, reversed, RIGHT)).isEqualTo(4);
  }

  @Test
  void timesWithoutZoneAreThoseInUtc() {
    String withoutZone =
        "SELECT col1, col2, col3, CAST(col4 AS TIMESTAMP_NTZ), col5 FROM (" + RIGHT + ")";
    assertThat(compare(Agreement.TO_THE_BIT, RIGHT, withoutZone)).isEqualTo(4);
  }

  @Test
  void everyKindOfWrongRowIsFound() {
    wrong("1.5D)", "1.75D)");
    wrong("CAST(NULL AS DOUBLE)", "0D");
    wrong("0D)", "-0D)");
    wrong("0D)", "double('NaN'))");
    wrong("'u2', 'i2'", "'u1', 'i2'");
    wrong("'i2', 3", "'i2', 4");
    wrong("00:00:03", "00:00:03.000001");
  }

  @Test
  void aRowTooManyOrTooFewIsFound() {
    String all = "SELECT * FROM (" + RIGHT + ")";
    disagree(RIGHT, all + " UNION ALL " + all + " WHERE col3 = 3");
    disagree(RIGHT, all + " WHERE col3 <> 3");
    disagree(RIGHT, "SELECT DISTINCT * FROM (" + RIGHT + ")");
    // All alike, and all wrong.
    disagree(all + " WHERE col3 <> 3", all + " WHERE col3 <> 3");
  }

  @Test
  void theMessageShowsTheRowsOfEachContender() {
    assertThatThrownBy(() -> compare(Agreement.TO_THE_BIT, RIGHT, RIGHT.replace("1.5D", "1.75D")))
        .isInstanceOf(WrongAnswer.class)
        .hasMessageContaining("contender 0: {\"user_id\":\"u1\"")
        .hasMessageContaining("\"ts\":\"2022-01-01T00:00:01.000Z\",\"price\":1.5}")
        .hasMessageContaining("\"price\":1.75}");
  }

  @Test
  void lastBitsMayDifferOnlyWhereDoublesAreArbitrary() {
    String lastBit = RIGHT.replace("1.5D", "1.5000000000000002D");
    assertThat(compare(Agreement.TO_1E12, RIGHT, lastBit)).isEqualTo(4);
    disagree(RIGHT, lastBit);
    String tooFar = RIGHT.replace("1.5D", "1.500000000002D");
    assertThatThrownBy(() -> compare(Agreement.TO_1E12, RIGHT, tooFar))
        .isInstanceOf(WrongAnswer.class);
    for (String far : List.of("NULL", "double('NaN')", "double('Infinity')", "-1.5D")) {
      assertThatThrownBy(() -> compare(Agreement.TO_1E12, RIGHT, RIGHT.replace("1.5D", far)))
          .as(far)
          .isInstanceOf(WrongAnswer.class);
    }
  }

  @Test
  void columnsHaveToBeThoseOfTheJobInItsOrder() {
    String swapped = "SELECT col2, col1, col3, col4, col5 FROM (" + RIGHT + ")";
    Path right = write("right", RIGHT, JOB.columns());
    Path other =
        write("other", swapped, List.of("item_id", "user_id", "item_count", "ts", "price"));
    Map<String, Path> answers = new LinkedHashMap<>(Map.of("right", right));
    answers.put("other", other);
    assertThatThrownBy(() -> new AnswerCheck(session).compare(JOB, answers, Agreement.TO_THE_BIT))
        .hasMessageContaining("other has the columns [item_id, user_id");
  }

  private void wrong(String right, String wrong) {
    assertThat(RIGHT).contains(right);
    disagree(RIGHT, RIGHT.replace(right, wrong));
  }

  private void disagree(String... answers) {
    assertThatThrownBy(() -> compare(Agreement.TO_THE_BIT, answers))
        .as(answers[1])
        .isInstanceOf(WrongAnswer.class);
  }

  private long compare(Agreement agreement, String... answers) {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (int i = 0; i < answers.length; i++) {
      paths.put("contender " + i, write("contender-" + i, answers[i], JOB.columns()));
    }
    return new AnswerCheck(session).compare(JOB, paths, agreement);
  }

  private Path write(String name, String sql, List<String> columns) {
    Path path = directory.resolve(name);
    session
        .sql(sql)
        .toDF(columns.toArray(String[]::new))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path.toString());
    return path;
  }
}
