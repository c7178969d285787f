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

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.feathub.spark.FeathubErrors;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.internal.SQLConf;

/**
 * As-of joins of DataFrames, in the words of pandas and Polars:
 *
 * <pre>{@code
 * Dataset<Row> priced =
 *     AsOfJoins.join(purchases, prices)
 *         .on("item_id")
 *         .leftTime("ts")
 *         .rightTime("ts")
 *         .tolerance(Duration.ofDays(7))
 *         .tieBreak("seq")
 *         .toDataset();
 * }</pre>
 *
 * <p>Each left row looks for the one right row of equal keys that is closest in time. What it costs
 * and which rows are equal in time are those of {@code asof()} in SQL, which this writes: the
 * session needs FeatHub's extension. A join hint of the right side, {@code
 * prices.hint("broadcast")}, chooses how it runs.
 */
public final class AsOfJoins {
  private static final Duration LONGEST = Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS);
  private static final String LEFT = "l";
  private static final String RIGHT = "r";

  private AsOfJoins() {}

  /** On which side of the left row's time its right row lies. */
  public enum Strategy {
    /** The latest one at or before it. */
    BACKWARD,
    /** The earliest one at or after it. */
    FORWARD,
    /** The closest one; of two equally close the earlier. */
    NEAREST
  }

  /** A join that is being described; nothing runs. */
  public static Builder join(Dataset<?> left, Dataset<?> right) {
    return new Builder(left, right);
  }

  /** Describes an as-of join. What is not called has the value that its method names as default. */
  public static final class Builder {
    private final Dataset<?> left;
    private final Dataset<?> right;
    private final List<String> keys = new ArrayList<>();
    private String leftTime;
    private String rightTime;
    private Strategy strategy = Strategy.BACKWARD;
    private boolean allowExactMatches = true;
    private Column tolerance;
    private String tieBreak;
    private String how = "left";
    private String suffix = "_right";

    private Builder(Dataset<?> left, Dataset<?> right) {
      this.left = given(left, "join");
      this.right = given(right, "join");
    }

    /**
     * Columns of both sides that must be equal; a null is equal to nothing. They come out once.
     * Default: none, so that every right row is a candidate for every left row.
     */
    public Builder on(String... names) {
      for (String name : given(names, "on")) {
        keys.add(given(name, "on"));
      }
      return this;
    }

    /** The column of the left side's time. A row in which it is null has no match. */
    public Builder leftTime(String name) {
      leftTime = name;
      return this;
    }

    /** The column of the right side's time. A row in which it is null matches nothing. */
    public Builder rightTime(String name) {
      rightTime = name;
      return this;
    }

    /** Default: {@link Strategy#BACKWARD}. */
    public Builder strategy(Strategy where) {
      strategy = given(where, "strategy");
      return this;
    }

    /** Whether a right row of exactly the left row's time may match. Default: true. */
    public Builder allowExactMatches(boolean allow) {
      allowExactMatches = allow;
      return this;
    }

    /**
     * How far apart the times may be, this included. Default: no limit.
     *
     * @param reach of microseconds; for dates of whole days
     */
    public Builder tolerance(Duration reach) {
      // Longer ones than Spark's intervals reach further than any two times are apart.
      boolean isLimit = given(reach, "tolerance").compareTo(LONGEST) < 0;
      tolerance = isLimit ? lit(reach) : null;
      return this;
    }

    /** How far apart times that are numbers may be, this included. Default: no limit. */
    public Builder tolerance(Number reach) {
      tolerance = lit(given(reach, "tolerance"));
      return this;
    }

    /**
     * A column of the right side that decides between rows of one time: the greatest value wins,
     * and null is the least. Default: the right columns in their order.
     */
    public Builder tieBreak(String name) {
      tieBreak = name;
      return this;
    }

    /**
     * {@code left} (default) keeps left rows without a match, with nulls; {@code inner} drops them;
     * {@code semi} gives the left rows with a match, {@code anti} those without.
     */
    public Builder how(String kind) {
      how = given(kind, "how");
      return this;
    }

    /** What right columns get behind their names if the left side has the name. Default: _right. */
    public Builder suffix(String text) {
      suffix = given(text, "suffix");
      return this;
    }

    /**
     * The left columns, then the right ones without the keys.
     *
     * <p>It fails with an AnalysisException of condition {@code FEATHUB_AS_OF_*} if the join is not
     * complete or a column is not there.
     */
    public Dataset<Row> toDataset() {
      if (!AsOfFunctions.installedIn(left.sparkSession())) {
        throw AsOfErrors.extensionMissing();
      }
      String joinType = joinType();
      Column joined = condition();
      Dataset<Row> pairs = left.toDF().as(LEFT).join(right.toDF().as(RIGHT), joined, joinType);
      return pairs.select(output(joinType).toArray(new Column[0]));
    }

    private List<Column> output(String joinType) {
      List<Column> output = new ArrayList<>();
      List<String> names = new ArrayList<>(List.of(left.columns()));
      for (String name : left.columns()) {
        output.add(column(LEFT, name));
      }
      if (joinType.equals("inner") || joinType.equals("left")) {
        for (String name : right.columns()) {
          if (find(keys.toArray(new String[0]), name).isEmpty()) {
            boolean taken = find(left.columns(), name).isPresent();
            String outputName = taken ? name + suffix : name;
            if (find(names.toArray(new String[0]), outputName).isPresent()) {
              throw AsOfErrors.ambiguousOutput(outputName);
            }
            names.add(outputName);
            output.add(column(RIGHT, name).as(outputName));
          }
        }
      }
      return output;
    }

    private static <T> T given(T value, String method) {
      if (value == null) {
        throw AsOfErrors.nothingGiven(method);
      }
      return value;
    }

    private String joinType() {
      return switch (how.toLowerCase(Locale.ROOT)) {
        case "left", "left_outer", "leftouter" -> "left";
        case "inner" -> "inner";
        case "semi", "left_semi", "leftsemi" -> "left_semi";
        case "anti", "left_anti", "leftanti" -> "left_anti";
        default ->
            throw FeathubErrors.invalid(
                "FEATHUB_AS_OF_JOIN_TYPE",
                Map.of("joinType", how, "hint", "how is left, inner, semi or anti."));
      };
    }

    private Column condition() {
      Column time = time(left, LEFT, leftTime, "leftTime");
      Column other = time(right, RIGHT, rightTime, "rightTime");
      Column condition = asOf(time, other);
      if (strategy == Strategy.NEAREST && !allowExactMatches) {
        condition = condition.and(time.notEqual(other));
      }
      for (String key : keys) {
        Column both = checked(left, LEFT, key).equalTo(checked(right, RIGHT, key));
        condition = both.and(condition);
      }
      return condition;
    }

    private Column asOf(Column time, Column other) {
      List<Column> arguments = new ArrayList<>();
      switch (strategy) {
        case BACKWARD -> arguments.add(allowExactMatches ? time.geq(other) : time.gt(other));
        case FORWARD -> arguments.add(allowExactMatches ? time.leq(other) : time.lt(other));
        case NEAREST -> arguments.addAll(List.of(time, other));
      }
      arguments.add(tolerance == null ? lit(null) : tolerance);
      if (tieBreak != null) {
        arguments.add(checked(right, RIGHT, tieBreak));
      }
      String function =
          strategy == Strategy.NEAREST ? AsOfFunctions.AS_OF_NEAREST : AsOfFunctions.AS_OF;
      return call_function(function, arguments.toArray(new Column[0]));
    }

    private Column time(Dataset<?> side, String alias, String name, String method) {
      if (name == null) {
        throw FeathubErrors.invalid("FEATHUB_AS_OF_TIME_MISSING", Map.of("method", method));
      }
      return checked(side, alias, name);
    }

    private Column checked(Dataset<?> side, String alias, String name) {
      if (find(side.columns(), name).isEmpty()) {
        throw AsOfErrors.columnNotFound(
            name, alias.equals(LEFT) ? "left" : "right", side.columns());
      }
      return column(alias, name);
    }

    private static Column column(String alias, String name) {
      return col(alias + ".`" + name.replace("`", "``") + "`");
    }

    private Optional<String> find(String[] names, String wanted) {
      // Of this session, whichever is the active one.
      RuntimeConfig conf = left.sparkSession().conf();
      boolean exact = Boolean.parseBoolean(conf.get(SQLConf.CASE_SENSITIVE().key()));
      return Arrays.stream(names)
          .filter(name -> exact ? name.equals(wanted) : name.equalsIgnoreCase(wanted))
          .findFirst();
    }
  }
}
