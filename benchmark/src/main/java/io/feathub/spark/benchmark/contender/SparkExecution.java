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

import io.feathub.spark.benchmark.profile.CodegenStages;
import io.feathub.spark.benchmark.profile.OperatorProfile;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.interop.PlanTraversal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.util.QueryExecutionListener;

/**
 * A query of one session. Analysis, planning and execution are part of each run, as nothing of them
 * is kept from the run before.
 */
final class SparkExecution implements Execution {
  private static final long LISTENER_MILLIS = 60_000;

  private final SparkSession session;
  private final Supplier<Dataset<Row>> query;
  private final ToLongFunction<Dataset<Row>> sink;
  private final Evidence evidence;
  private final LastPlan lastPlan = new LastPlan();

  SparkExecution(
      SparkSession session,
      Supplier<Dataset<Row>> query,
      ToLongFunction<Dataset<Row>> sink,
      Evidence evidence) {
    this.session = session;
    this.query = query;
    this.sink = sink;
    this.evidence = evidence;
  }

  @Override
  public long run() {
    session.listenerManager().register(lastPlan);
    return sink.applyAsLong(query.get());
  }

  @Override
  public List<String> operators() {
    waitForListeners();
    session.listenerManager().unregister(lastPlan);
    return evidence.in(lastPlan.operators());
  }

  @Override
  public Optional<Profile> profile() {
    return Optional.of(
        OperatorProfile.of(
            this::run,
            () -> {
              operators();
              return CodegenStages.of(lastPlan.executed());
            }));
  }

  /** Plans come to listeners on another thread, a moment after the query. */
  private void waitForListeners() {
    try {
      session.sparkContext().listenerBus().waitUntilEmpty(LISTENER_MILLIS);
    } catch (TimeoutException timeout) {
      throw new IllegalStateException("Spark's listeners are behind", timeout);
    }
  }

  private static final class LastPlan implements QueryExecutionListener {
    private volatile QueryExecution last;

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
      last = execution;
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
      last = null;
    }

    SparkPlan executed() {
      return last.executedPlan();
    }

    List<String> operators() {
      Set<String> names = new LinkedHashSet<>();
      PlanTraversal.visitExecuted(executed(), node -> names.add(node.getClass().getSimpleName()));
      return new ArrayList<>(names);
    }
  }
}
