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
package io.feathub.spark.asof.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMatchConditionRewriter {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          from l asof join r match_condition (l.t >= r.t) on l.k = r.k | from l      join r ON asof         (l.t >= r.t)AND(l.k = r.k)
          from l left asof join r q MATCH_CONDITION(l.t > q.t) | from l left      join r q ON asof        (l.t > q.t)
          from l LEFT OUTER ASOF JOIN r AS q MATCH_CONDITION (l.t < q.t) ON true where a | from l LEFT OUTER      JOIN r AS q ON asof         (l.t < q.t)AND(true)where a
          from l INNER ASOF JOIN r MATCH_CONDITION (l.t >= r.t) USING (k, `a b`, `o'c`) order by 1 | from l INNER      JOIN r ON asof         (l.t >= r.t) AND asof_using('k', 'a b', 'o\\'c') order by 1
          from l asof join r match_condition (l.t >= r.t) on l.k = r.k or l.a join s on r.b = s.b | from l      join r ON asof         (l.t >= r.t)AND(l.k = r.k or l.a)join s on r.b = s.b
          from l asof join (select * from a asof join b match_condition (a.t >= b.t)) r match_condition (l.t >= r.t) | from l      join (select * from a      join b ON asof         (a.t >= b.t)) r ON asof         (l.t >= r.t)
          from l asof join r match_condition (l.t >= r.t) asof join s match_condition (l.t >= s.t) on l.k = s.k | from l      join r ON asof         (l.t >= r.t)      join s ON asof         (l.t >= s.t)AND(l.k = s.k)
          from l asof join r match_condition (f(l.t, (1)) >= r.t) on(l.k = r.k) or a group by a | from l      join r ON asof         (f(l.t, (1)) >= r.t)AND((l.k = r.k) or a)group by a
          from (from l asof join r match_condition (l.t >= r.t)  on  l.k = r.k) | from (from l      join r ON asof         (l.t >= r.t)AND(  l.k = r.k))
          select '😀' from l asof join r match_condition (l.t >= r.t) -- 😀 end | select '😀' from l      join r ON asof         (l.t >= r.t) -- 😀 end
          """)
  void rewritesTheJoinAndNothingElse(String sql, String expected) {
    assertThat(MatchConditionRewriter.rewrite(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT match_condition FROM l JOIN r ON true",
        "SELECT match_condition (1) FROM l JOIN r ON match_condition (2)",
        "SELECT 'l ASOF JOIN r MATCH_CONDITION (l.t >= r.t)'",
        "SELECT 1 -- l ASOF JOIN r MATCH_CONDITION (l.t >= r.t)",
        "SELECT 1 /* l ASOF JOIN r MATCH_CONDITION (l.t >= r.t) */",
        "SELECT `ASOF JOIN r MATCH_CONDITION (a)`",
        "FROM l JOIN r MATCH_CONDITION (l.t >= r.t)",
        "FROM l ASOF JOIN r ON match_condition",
        "MATCH_CONDITION (",
        "not SQL at all: ' MATCH_CONDITION (a)",
        ""
      })
  void leavesOtherTextsAsTheyAre(String sql) {
    assertThat(MatchConditionRewriter.rewrite(sql)).isSameAs(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RIGHT",
        "RIGHT OUTER",
        "FULL OUTER",
        "FULL",
        "CROSS",
        "LEFT SEMI",
        "ANTI",
        "NATURAL"
      })
  void refusesKindsThatTheGrammarDoesNotHave(String kind) {
    assertThatThrownBy(
            () ->
                MatchConditionRewriter.rewrite(
                    "SELECT *\nFROM l " + kind + " ASOF JOIN r MATCH_CONDITION (l.t >= r.t)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[FEATHUB_AS_OF_JOIN_TYPE]")
        .hasMessageContaining("[INNER | LEFT [OUTER]] ASOF JOIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM trades ASOF JOIN quotes USING (symbol, ts)",
        "SELECT * FROM trades asof left join quotes q ON symbol = q.symbol",
        "SELECT * FROM (SELECT 1) ASOF INNER JOIN quotes",
        "SELECT * FROM a JOIN trades ASOF JOIN quotes USING (symbol)",
        "CREATE VIEW v AS SELECT * FROM s.trades ASOF JOIN quotes USING (symbol)",
        "SELECT * FROM s.`the trades` ASOF JOIN quotes USING (symbol)",
        "SELECT * FROM trades VERSION AS OF 1 ASOF JOIN quotes USING (symbol)",
        "SELECT * FROM trades TIMESTAMP AS OF '2022-01-01' ASOF JOIN quotes USING (symbol)",
        "SELECT * FROM trades TABLESAMPLE (5 ROWS) ASOF JOIN quotes USING (symbol)",
        "SELECT * FROM VALUES (1) ASOF JOIN quotes USING (symbol)"
      })
  void refusesAnAliasByAccident(String sql) {
    assertThatThrownBy(() -> AccidentalAlias.check(sql))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[FEATHUB_AS_OF_ALIAS]")
        .hasMessageContaining("MATCH_CONDITION");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM trades AS asof JOIN quotes USING (symbol)",
        "SELECT * FROM asof JOIN quotes USING (symbol)",
        "SELECT * FROM a, asof JOIN quotes USING (symbol)",
        "SELECT * FROM s.asof LEFT JOIN quotes USING (symbol)",
        "SELECT * FROM a JOIN asof JOIN quotes USING (symbol)",
        "SELECT 'trades ASOF JOIN quotes'",
        "SELECT asof FROM a JOIN b",
        "SELECT * FROM trades asof, quotes JOIN b",
        "SELECT * FROM a JOIN b ON b.day = asof JOIN c ON c.k = b.k",
        "SELECT * FROM a JOIN b ON NOT asof JOIN c ON c.k = b.k",
        "SELECT * FROM a JOIN b ON a.k = b.k AND asof JOIN c ON c.k = b.k",
        "SELECT * FROM a JOIN b ON b.day <= asof JOIN c ON c.k = b.k",
        "SELECT * FROM a JOIN b ON -asof JOIN c ON c.k = b.k"
      })
  void leavesAnAliasThatIsMeant(String sql) {
    AccidentalAlias.check(sql);
  }

  @Test
  void leavesLinesAsLongAsTheyAre() {
    String sql =
        """
        FROM l
        LEFT ASOF JOIN r MATCH_CONDITION (l.t >= r.t) -- the price
          ON l.k = r.k
            OR l.a
        WHERE b
        """;
    assertThat(MatchConditionRewriter.rewrite(sql))
        .isEqualTo(
            """
            FROM l
            LEFT      JOIN r ON asof         (l.t >= r.t) AND ( -- the price
                 l.k = r.k
                OR l.a)
            WHERE b
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM l ASOF JOIN r ON l.k = r.k MATCH_CONDITION (l.t >= r.t) | it stands behind ON           | 32
          FROM l ASOF JOIN r USING (k) MATCH_CONDITION (l.t >= r.t)    | it stands behind USING        | 29
          FROM l ASOF JOIN r MATCH_CONDITION (l.t >= r.t               | its bracket is not closed     | 35
          FROM l ASOF JOIN r MATCH_CONDITION (l.t >= r.t, 1)           | it takes one comparison       | 46
          FROM l ASOF JOIN r MATCH_CONDITION (l.t >= r.t) USING (IDENTIFIER('k')) | no IDENTIFIER(..) | 55
          """)
  void refusesOtherForms(String sql, String reason, int position) {
    assertThatThrownBy(() -> MatchConditionRewriter.rewrite(sql))
        .isInstanceOfSatisfying(
            AnalysisException.class,
            error -> {
              assertThat(error.startPosition().get()).isEqualTo(position);
              assertThat(error)
                  .hasMessageContaining("[FEATHUB_AS_OF_MATCH_CONDITION]")
                  .hasMessageContaining(reason);
            });
  }

  @Test
  void pointsAtTheAlias() {
    assertThatThrownBy(() -> AccidentalAlias.check("SELECT *\nFROM trades ASOF JOIN quotes"))
        .isInstanceOfSatisfying(
            AnalysisException.class,
            error -> {
              assertThat(error.line().get()).isEqualTo(2);
              assertThat(error.startPosition().get()).isEqualTo(12);
            });
  }
}
