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
 * Queues of records and of values that are larger than memory, for frames of a window.
 *
 * <ul>
 *   <li>the queues: {@link io.feathub.spark.spill.RecordLog}, of records of a fixed number of
 *       words, and {@link io.feathub.spark.spill.ByteLog}, of values of variable length. Both give
 *       out positions that only grow and translate them to a block and a place in it by shifting;
 *   <li>under them {@link io.feathub.spark.spill.BlockQueue}, the {@link
 *       io.feathub.spark.spill.Block}s of one queue in a {@link io.feathub.spark.spill.BlockRing}:
 *       those that somebody holds are in memory, the others can be spilled, in the order of {@link
 *       io.feathub.spark.spill.SpillOrder};
 *   <li>{@link io.feathub.spark.spill.SpillSpace}, what the queues of one operator in one task
 *       share: {@link io.feathub.spark.spill.Limits}, the {@link
 *       io.feathub.spark.spill.SpillMemory}, and the {@link io.feathub.spark.spill.BlockFile},
 *       encrypted by a {@link io.feathub.spark.spill.SlotCipher} if Spark's configuration wants
 *       that;
 *   <li>{@link io.feathub.spark.spill.TaskMemory}, the memory of the task: a queue that gets none
 *       spills its own blocks and then those of its neighbours, and the other way round, operators
 *       that get none have the {@link io.feathub.spark.spill.Spillable}s here spill.
 * </ul>
 *
 * <p>One thread uses the queues at a time. Another operator can want memory at any moment at which
 * that thread is not inside of this package, and then blocks that nobody holds go to disk; the
 * arrays that a queue, a cursor or a reader has given out stay as they are.
 */
package io.feathub.spark.spill;
