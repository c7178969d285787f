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
package io.feathub.spark.benchmark.contender;

/** A Python contender could not do what it was asked for; the message says why. */
final class PythonFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  PythonFailure(String message) {
    super(message);
  }

  PythonFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
