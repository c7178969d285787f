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

import io.feathub.spark.benchmark.results.Results;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One page that needs nothing beside itself. */
final class HtmlPage implements Page {
  private final Markup markup = new Markup();

  private HtmlPage() {
    markup.doctype("<!DOCTYPE html>").open("html", "lang", "en").open("head");
    markup.empty("meta", "charset", "utf-8");
    markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    markup.leaf("title", Report.TITLE).style("page.css", "chart.css", "dark.css");
    markup.close().open("body").open("main");
  }

  static String of(Results results) {
    HtmlPage page = new HtmlPage();
    Report.tell(results, page);
    return page.markup.finish();
  }

  @Override
  public void heading(int level, String text) {
    markup.leaf("h" + level, text);
  }

  @Override
  public void note(String text) {
    markup.leaf("p", text);
  }

  @Override
  public void facts(Map<String, String> facts) {
    markup.open("dl");
    facts.forEach((name, value) -> markup.leaf("dt", name).leaf("dd", value));
    markup.close();
  }

  /** In a box if all of it is bad news. */
  @Override
  public <T> void table(Table<T> table) {
    boolean isBad = table.rows().stream().map(table.kind()).allMatch(Table.Kind.LOSS::equals);
    markup.open("div", "class", isBad ? "scroll lost" : "scroll");
    markup.open("table").open("thead").open("tr");
    for (Table.Column<T> column : table.columns()) {
      markup.leaf("th", column.heading(), "class", style(column), "scope", "col");
    }
    markup.close().close().open("tbody");
    for (T row : table.rows()) {
      markup.open("tr", "class", table.kind().apply(row).name().toLowerCase(Locale.ROOT));
      for (Table.Column<T> column : table.columns()) {
        markup.leaf("td", column.cell().apply(row), "class", style(column));
      }
      markup.close();
    }
    markup.close().close().close();
  }

  @Override
  public void list(String caption, List<String> entries) {
    if (!entries.isEmpty()) {
      markup.open("div", "class", "list").leaf("p", caption).open("ul");
      entries.forEach(entry -> markup.leaf("li", entry));
      markup.close().close();
    }
  }

  @Override
  public void chart(Panel chart) {
    markup.open("div", "class", "card").leaf("h4", chart.title());
    markup.leaf("p", chart.subtitle());
    String height = Integer.toString(chart.height());
    markup.open("svg", "xmlns", Svg.NAMESPACE, "width", "100%", "height", height);
    markup.attributes("role", "img", "aria-label", chart.title());
    chart.draw(new Svg(markup));
    markup.close().close();
  }

  @Override
  public void verbatim(String text) {
    markup.leaf("pre", text);
  }

  @Override
  public void folded(String title, Runnable body) {
    markup.open("details").leaf("summary", title);
    body.run();
    markup.close();
  }

  private static String style(Table.Column<?> column) {
    return column.isFigure() ? "figure" : "text";
  }
}
