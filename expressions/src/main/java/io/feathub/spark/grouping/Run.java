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
package io.feathub.spark.grouping;

import java.io.File;
import org.apache.spark.storage.BlockId;

/**
 * Rows of one bucket on disk, sorted by hash, key and order.
 *
 * @param offset where it begins in the file
 * @param length how many bytes it is, compressed and encrypted as Spark is configured
 * @param rows how many they are
 */
record Run(File file, BlockId block, long offset, long length, long rows) {}
