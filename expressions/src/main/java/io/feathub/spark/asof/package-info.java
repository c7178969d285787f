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
 * The as-of join: each left row with the one right row that was in force at its time.
 *
 * <p>The search itself is {@link io.feathub.spark.asof.Candidates}: among the right rows of one
 * key, in the order of their times, the best match of a left row's time. From there outwards:
 *
 * <ul>
 *   <li>the rows to search: {@link io.feathub.spark.asof.AsOfIndex}, made by {@link
 *       io.feathub.spark.asof.AsOfIndexBuilder}, with keys in a {@link
 *       io.feathub.spark.asof.KeyTable} and times in {@link io.feathub.spark.asof.TimedRows};
 *       {@link io.feathub.spark.asof.TieOrder} says which of equal times counts;
 *   <li>the loop over left rows: {@link io.feathub.spark.asof.AsOfJoinIterator}, and {@link
 *       io.feathub.spark.asof.AsOfJoinCode} for the same in generated code, over {@link
 *       io.feathub.spark.asof.MatchedRows}: left rows with what was found for each;
 *   <li>the forms: {@link io.feathub.spark.asof.BroadcastAsOfJoinExec} and {@link
 *       io.feathub.spark.asof.ShuffledAsOfJoinExec}, each task of which runs a {@link
 *       io.feathub.spark.asof.PartitionAsOfJoin}: by an index, by {@link
 *       io.feathub.spark.asof.MergingJoin}, by {@link io.feathub.spark.asof.BlockwiseJoin} or, in
 *       the order of keys, by {@link io.feathub.spark.asof.KeyOrderedFinder}; {@link
 *       io.feathub.spark.asof.AsOfJoinStrategy} chooses;
 *   <li>the logical node and its rules: {@link io.feathub.spark.asof.FeathubAsOfJoin}, {@link
 *       io.feathub.spark.asof.PushThroughAsOfJoin}, {@link io.feathub.spark.asof.InferAsOfFilters},
 *       {@link io.feathub.spark.asof.PruneAsOfColumns}, {@link
 *       io.feathub.spark.asof.ShareAsOfKeys}, {@link io.feathub.spark.asof.RangeKeylessAsOfJoins},
 *       {@link io.feathub.spark.asof.SplitSkewedAsOfJoins}; {@link
 *       io.feathub.spark.asof.ExpandAsOfJoin} is the off switch;
 *   <li>how it is written: {@link io.feathub.spark.asof.AsOfFunctions}, {@link
 *       io.feathub.spark.asof.AsOfJoins} in Java, the package {@code sql} for {@code ASOF JOIN},
 *       {@link io.feathub.spark.asof.SparkAsOfJoin} for Spark's own node; {@link
 *       io.feathub.spark.asof.AsOfCondition} is the ON clause taken apart, and {@link
 *       io.feathub.spark.asof.CheckAsOf} what is refused.
 * </ul>
 */
package io.feathub.spark.asof;
