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

/**
 * A chart that is as wide as the place it is drawn into: all widths are shares of that, all heights
 * are pixels. So the same chart fits a file, a page on a wide screen and a page on a phone, and its
 * letters are as large everywhere.
 *
 * <p>Drawn here and not by a library: those for Java draw by AWT, which wants fonts on the machine.
 */
interface Panel {
  /** What the chart shows, for a heading and for those who cannot see it. */
  String title();

  /** What one needs to know to read it. */
  String subtitle();

  int height();

  /** Shapes below y = 0. */
  void draw(Svg svg);
}
