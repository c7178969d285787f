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

/** Results as plain text, for a terminal of 100 columns. */
public final class TextReport {
  private TextReport() {}

  /** Lines end with a line feed on every platform. */
  public static String of(Results results) {
    TextPage page = new TextPage();
    Report.tell(results, page);
    return page.finish();
  }
}
