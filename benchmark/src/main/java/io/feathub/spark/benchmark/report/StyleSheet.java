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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets, which lie beside this class. They have no character that XML would escape. */
final class StyleSheet {
  private StyleSheet() {}

  /** Light only: an image does not know whether the page around it is dark. */
  static String ofImage() {
    return resource("chart.css");
  }

  static String ofPage() {
    return resource("page.css")
        + resource("chart.css")
        + "@media (prefers-color-scheme: dark) {\n"
        + resource("page-dark.css")
        + resource("chart-dark.css")
        + "}\n";
  }

  private static String resource(String name) {
    try (InputStream in = StyleSheet.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
