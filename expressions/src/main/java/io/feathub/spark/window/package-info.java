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
 * Streaming windows: aggregate functions over moving frames at a constant cost per row.
 *
 * <p>The way of a query:
 *
 * <ol>
 *   <li>Spark's logical {@code Window} node stays what it is. {@link
 *       io.feathub.spark.window.StreamingWindowStrategy} plans it on {@link
 *       io.feathub.spark.window.StreamingWindowExec} if {@link
 *       io.feathub.spark.window.WindowVerdict} finds all of it supported; of the others {@link
 *       io.feathub.spark.window.WindowExplanation} tells why in EXPLAIN.
 *   <li>{@link io.feathub.spark.window.WindowCompiler} sorts the functions into lanes: those that
 *       look at the same rows, all or the ones that satisfy a FILTER, share a lane; in it those of
 *       the same frame share the frame.
 *   <li>In a task {@link io.feathub.spark.window.StreamingWindowIterator} gets the rows key by key
 *       and in order. It adds each to {@link io.feathub.spark.window.KeyFrames}, and reads the
 *       results of a row when all rows are there that its frames can reach.
 *   <li>A {@link io.feathub.spark.window.Lane} keeps of the rows what frames and functions need; a
 *       {@link io.feathub.spark.window.LaneFrame} moves its two ends along them and tells its
 *       {@link io.feathub.spark.window.FrameFunction}s which rows enter and leave; a {@link
 *       io.feathub.spark.window.FrameSelection} says which of them count, after {@code exclude} and
 *       {@code limit}.
 * </ol>
 *
 * <p>{@code aggregate} has the functions that values are added to and removed from, with exact
 * sums; {@code recent} the SQL functions {@code recent_*}; {@code io.feathub.spark.grouping} brings
 * rows together by key and sorts them; {@code io.feathub.spark.spill} keeps what outgrows memory.
 */
package io.feathub.spark.window;
