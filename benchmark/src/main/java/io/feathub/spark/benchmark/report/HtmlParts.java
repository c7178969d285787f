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

import java.util.List;
import java.util.Locale;

/** The pieces that the page is put together from. */
final class HtmlParts {
  private HtmlParts() {}

  static void table(Markup markup, Table table) {
    markup.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (Table.Heading heading : table.headings()) {
      markup.leaf("th", heading.text(), "class", style(heading), "scope", "col");
    }
    markup.close().close().open("tbody");
    rows(markup, table);
    markup.close().close().close();
  }

  /** A table of names and texts, which may be broken into lines. */
  static void namesAndTexts(Markup markup, Table table) {
    markup.open("table", "class", "wrap").open("tbody");
    rows(markup, table);
    markup.close().close();
  }

  private static void rows(Markup markup, Table table) {
    for (Table.Row row : table.rows()) {
      markup.open("tr", "class", row.kind().name().toLowerCase(Locale.ROOT));
      for (int i = 0; i < row.cells().size(); i++) {
        markup.leaf("td", row.cells().get(i), "class", style(table.headings().get(i)));
      }
      markup.close();
    }
  }

  private static String style(Table.Heading heading) {
    return heading.column().name().toLowerCase(Locale.ROOT);
  }

  static void chart(Markup markup, Panel panel) {
    markup.open(
        "svg",
        "xmlns",
        SvgImage.NAMESPACE,
        "width",
        "100%",
        "height",
        Integer.toString(panel.height()),
        "role",
        "img",
        "aria-label",
        panel.title());
    panel.draw(markup);
    markup.close();
  }

  static void list(Markup markup, String caption, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    markup.leaf("p", caption, "class", "note").open("ul", "class", "note");
    entries.forEach(entry -> markup.leaf("li", entry));
    markup.close();
  }

  static void note(Markup markup, String text) {
    markup.leaf("p", text, "class", "note");
  }
}
