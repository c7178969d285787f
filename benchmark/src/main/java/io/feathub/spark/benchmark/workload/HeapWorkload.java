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
package io.feathub.spark.benchmark.workload;

import io.feathub.spark.benchmark.job.Job;
import java.util.List;

/**
 * A job to be done in little memory.
 *
 * @param title one line for the report
 * @param contenders by name
 * @param reference the contender whose answer, with memory enough, is that of all
 * @param megabytes the heaps to search for the smallest that is enough, in ascending order
 */
public record HeapWorkload(
    String name,
    String title,
    Job job,
    List<String> contenders,
    String reference,
    List<Integer> megabytes) {}
