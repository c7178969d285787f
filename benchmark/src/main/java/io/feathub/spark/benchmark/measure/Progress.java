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
package io.feathub.spark.benchmark.measure;

/** Is told what happens, while it happens. */
public interface Progress {
  /** A run that counts or does not, for its time. */
  void ran(String contender, String purpose, double seconds);

  /** Anything else worth a line. */
  void say(String text);

  /** Something that fails the whole command. */
  void failed(String what);
}
