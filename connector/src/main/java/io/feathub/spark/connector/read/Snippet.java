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
package io.feathub.spark.connector.read;

/** A piece of the user's data that is safe to print in one line. */
final class Snippet {
  static final int LENGTH = 80;

  private Snippet() {}

  static String of(String text) {
    return of(text, LENGTH);
  }

  static String of(String text, int maxLength) {
    StringBuilder snippet = new StringBuilder();
    for (int i = 0; i < text.length() && snippet.length() < maxLength; i++) {
      char c = text.charAt(i);
      snippet.append(Character.isISOControl(c) ? ' ' : c);
    }
    if (text.length() > maxLength) {
      snippet.append("...");
    }
    return snippet.toString();
  }
}
