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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.util.QueryExecutionListener;

/** A query of one session. Each run analyses, plans and executes it anew. */
final class SparkExecution implements Execution {
  private static final long LISTENER_MILLIS = 60_000;

  private final SparkSession session;
  private final Supplier<Dataset<Row>> query;
  private final ToLongFunction<Dataset<Row>> sink;
  private final Evidence evidence;
  private final PlanListener listener = new PlanListener();

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
    session.listenerManager().register(listener);
    return sink.applyAsLong(query.get());
  }

  @Override
  public List<String> operators() {
    return evidence.in(SparkOperators.of(executedPlan()));
  }

  @Override
  public Optional<Profile> profile() {
    return Optional.of(OperatorProfile.of(this::run, () -> CodegenStages.of(executedPlan())));
  }

  /** Plans come to listeners on another thread, a moment after the query. */
  private SparkPlan executedPlan() {
    try {
      session.sparkContext().listenerBus().waitUntilEmpty(LISTENER_MILLIS);
    } catch (TimeoutException timeout) {
      throw new IllegalStateException("Spark's listeners are behind", timeout);
    } finally {
      session.listenerManager().unregister(listener);
    }
    return listener.take();
  }

  private static final class PlanListener implements QueryExecutionListener {
    private final AtomicReference<QueryExecution> last = new AtomicReference<>();

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
      last.set(execution);
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
      last.set(null);
    }

    /** A plan holds on to its broadcasts and shuffle files, so it is not kept. */
    SparkPlan take() {
      QueryExecution execution = last.getAndSet(null);
      if (execution == null) {
        throw new WrongOperator("Spark told nothing of the query that ran");
      }
      return execution.executedPlan();
    }
  }
}
