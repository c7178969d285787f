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
package io.feathub.spark.features;

import java.util.List;
import java.util.Optional;

/** A table that views read: fields, the keys that identify what a row describes, and its time. */
public sealed interface TableDescriptor permits FileSystemSource, DataFrameSource {
  String name();

  Schema schema();

  /** The names of the key fields; empty if the table has none. */
  List<String> keys();

  /** The field that holds the event time; empty if the table has none. */
  Optional<String> timestampField();
}
