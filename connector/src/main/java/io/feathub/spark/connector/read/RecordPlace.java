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

/**
 * Where a record that cannot be read stands, and why.
 *
 * @param where "line 7" or, where lines cannot be counted, "record 7"
 * @param snippet the beginning of the record; empty if it is not at hand
 * @param column the column whose value is wrong, or null if that is not known
 */
record RecordPlace(String where, String snippet, String column, String reason) {}
