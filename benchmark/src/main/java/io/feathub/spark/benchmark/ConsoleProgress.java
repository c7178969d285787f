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
package io.feathub.spark.benchmark;

import io.feathub.spark.benchmark.measure.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** A line for each run. */
final class ConsoleProgress implements Progress {
  private final PrintWriter out;
  private String position = "";

  ConsoleProgress(PrintWriter out) {
    this.out = out;
  }

  void begin(String newPosition, String title) {
    position = newPosition;
    say(title);
  }

  @Override
  public void say(String text) {
    out.println(position.isEmpty() ? text : position + ": " + text);
    out.flush();
  }

  @Override
  public void ran(String contender, String purpose, double seconds) {
    say(String.format(Locale.ROOT, "%s: %s %.2f s", purpose, contender, seconds));
  }

  @Override
  public void failed(String what) {
    out.println("FAILED " + what);
    out.flush();
  }
}
