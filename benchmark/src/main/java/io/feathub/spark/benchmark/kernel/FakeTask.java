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
package io.feathub.spark.benchmark.kernel;

import io.feathub.spark.interop.ScalaCollections;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.resource.ResourceInformation;

/**
 * What sorters look for around them: the memory and the settings of an executor, and a task. There
 * is a context but no session, and no job runs. A context that is there already, as in tests, is
 * used and left alone.
 */
public final class FakeTask implements AutoCloseable {
  private final SparkContext started;
  private long task;

  /** Starts a context if there is none. */
  public FakeTask() {
    this.started = SparkEnv.get() == null ? new SparkContext(conf()) : null;
  }

  private static SparkConf conf() {
    return new SparkConf()
        .setMaster("local[1]")
        .setAppName("kernels")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.ui.enabled", "false");
  }

  /** Of the executor. */
  public long pageSizeBytes() {
    return SparkEnv.get().memoryManager().pageSizeBytes();
  }

  /** Runs something as a task of its own, whose memory is free afterwards. */
  public long run(LongSupplier body) {
    TaskMemoryManager memory = new TaskMemoryManager(SparkEnv.get().memoryManager(), task++);
    TaskContext context =
        new TaskContextImpl(
            0,
            0,
            0,
            task,
            0,
            1,
            memory,
            new Properties(),
            null,
            new TaskMetrics(),
            1,
            ScalaCollections.map(Map.<String, ResourceInformation>of()));
    try {
      return TaskContext.<Long>withTaskContext(context, body::getAsLong);
    } finally {
      memory.cleanUpAllAllocatedMemory();
    }
  }

  @Override
  public void close() {
    if (started != null) {
      started.stop();
    }
  }
}
