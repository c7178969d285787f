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
package io.feathub.spark.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plain text for a terminal of 100 columns; lines end with a line feed on every platform. */
final class TextPage implements Page {
  private static final int WIDTH = 100;

  /** Of the facts, which stand below each other behind their names. */
  private static final int NAMES = 10;

  private final StringBuilder text = new StringBuilder();
  private boolean startsPart;

  @Override
  public void heading(int level, String title) {
    List<String> lines = new ArrayList<>(Sentences.lines(title, WIDTH));
    int width = lines.stream().mapToInt(String::length).max().orElseThrow();
    lines.add((level < 3 ? "=" : "-").repeat(width));
    text.append(text.isEmpty() ? "" : "\n");
    block(lines);
    startsPart = true;
  }

  @Override
  public void note(String note) {
    block(Sentences.lines(note, WIDTH));
  }

  @Override
  public void facts(Map<String, String> facts) {
    List<String> lines = new ArrayList<>();
    facts.forEach(
        (name, value) ->
            lines.addAll(hanging(name + " ".repeat(NAMES - name.length()), NAMES, value)));
    block(lines);
  }

  @Override
  public <T> void table(Table<T> table) {
    block(TextTable.lines(table));
  }

  @Override
  public void list(String caption, List<String> entries) {
    if (!entries.isEmpty()) {
      List<String> lines = new ArrayList<>(List.of(caption));
      entries.forEach(entry -> lines.addAll(hanging("- ", 2, entry)));
      block(lines);
    }
  }

  /** Characters cannot draw. */
  @Override
  public void chart(Panel chart) {}

  @Override
  public void verbatim(String lines) {
    block(lines.lines().toList());
  }

  /** Text has no folds. */
  @Override
  public void folded(String title, Runnable body) {
    block(Sentences.lines(title, WIDTH));
    body.run();
  }

  String finish() {
    return text.toString();
  }

  private static List<String> hanging(String first, int indent, String value) {
    List<String> lines = new ArrayList<>();
    for (String line : Sentences.lines(value, WIDTH - indent)) {
      lines.add((lines.isEmpty() ? first : " ".repeat(indent)) + line);
    }
    return lines;
  }

  /** A blank line stands between blocks but for a heading and what follows it. */
  private void block(List<String> lines) {
    text.append(startsPart || text.isEmpty() ? "" : "\n");
    lines.forEach(line -> text.append(line).append('\n'));
    startsPart = false;
  }
}
