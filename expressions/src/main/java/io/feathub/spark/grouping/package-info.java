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
/**
 * Brings the rows of each key together, in order: what windows are computed over.
 *
 * <p>{@link io.feathub.spark.grouping.KeyGroupSorter} takes rows and gives {@link
 * io.feathub.spark.grouping.KeyedRows}. What it needs to know is {@link
 * io.feathub.spark.grouping.RowKeySpec}, which makes {@link io.feathub.spark.grouping.RowKeys}, and
 * {@link io.feathub.spark.grouping.RowOrder}. From there inwards:
 *
 * <ul>
 *   <li>rows in memory: {@link io.feathub.spark.grouping.RowStore} divides them into buckets, whose
 *       chunks are cut from {@link io.feathub.spark.grouping.RowPages}; {@link
 *       io.feathub.spark.grouping.SorterMemory} is the memory of the task;
 *   <li>one bucket: {@link io.feathub.spark.grouping.BucketSorter} finds keys by {@link
 *       io.feathub.spark.grouping.KeyGroups} and sorts by {@link
 *       io.feathub.spark.grouping.LongPairSort} and {@link io.feathub.spark.grouping.RowPairSort},
 *       all in a {@link io.feathub.spark.grouping.SortRoom};
 *   <li>on disk: {@link io.feathub.spark.grouping.SpilledBuckets} writes each bucket as a {@link
 *       io.feathub.spark.grouping.Run}, {@link io.feathub.spark.grouping.RunMerger} reads the runs
 *       of a bucket as one;
 *   <li>reading: {@link io.feathub.spark.grouping.BucketReader} goes from bucket to bucket.
 * </ul>
 */
package io.feathub.spark.grouping;
