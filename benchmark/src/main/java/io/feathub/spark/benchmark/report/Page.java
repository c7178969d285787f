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
import java.util.Map;

/** What a report can be told to. */
sealed interface Page permits HtmlPage, TextPage {
  /**
   * Begins a part.
   *
   * @param level 1 for the whole report, 3 for the smallest parts
   */
  void heading(int level, String text);

  /** A paragraph. */
  void note(String text);

  /** Short names and what they stand for. */
  void facts(Map<String, String> facts);

  <T> void table(Table<T> table);

  /** Nothing, not even the caption, if there are no entries. */
  void list(String caption, List<String> entries);

  /** Charts that follow each other stand side by side if there is room. */
  void chart(Panel chart);

  /** Text that is already set in lines and columns. */
  void verbatim(String text);

  /** What only some want to see. */
  void folded(String title, Runnable body);
}
