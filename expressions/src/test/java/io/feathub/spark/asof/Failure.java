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
package io.feathub.spark.asof;

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.CommitDeniedException;

/** Failures that Spark answers by running tasks again, each at the end of some task's rows. */
enum Failure {
  /**
   * The task fails. A local application tries no task again but after the one kind of failure that
   * Spark does not count.
   */
  OF_A_TASK {
    @Override
    void happen() {
      TaskContext task = TaskContext.get();
      throw new IllegalStateException(
          new CommitDeniedException(
              "on purpose", task.stageId(), task.partitionId(), task.attemptNumber()));
    }
  },

  /**
   * What earlier stages wrote is lost, so that tasks that start later fail to fetch it and these
   * stages run again. It is lost from the driver's books alone: for a lost file Spark would give up
   * the executor, which is the application itself here.
   */
  OF_FETCHES {
    @Override
    void happen() {
      MapOutputTrackerMaster tracker = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
      ScalaCollections.iterator(tracker.shuffleStatuses().keysIterator())
          .forEachRemaining(shuffle -> tracker.unregisterAllMapAndMergeOutput((int) shuffle));
    }
  };

  private static final Set<String> DUE = ConcurrentHashMap.newKeySet();

  abstract void happen();

  /** Makes a failure happen once in each of several places. */
  static void plan(List<String> places) {
    DUE.clear();
    DUE.addAll(places);
  }

  static boolean allHappened() {
    return DUE.isEmpty();
  }

  /** Rows behind the last of which, if there are any, the failure happens if it is due here. */
  <T> Iterator<T> in(String place, Iterator<T> rows) {
    return new Iterator<>() {
      private boolean atRow;

      @Override
      public boolean hasNext() {
        if (rows.hasNext()) {
          return true;
        }
        if (atRow && DUE.remove(place)) {
          happen();
        }
        return false;
      }

      @Override
      public T next() {
        atRow = true;
        return rows.next();
      }
    };
  }

  /** Rows that come the other way round to tasks that are run again. */
  static <T> Iterator<T> reversedWhenReadAgain(Iterator<T> rows) {
    TaskContext task = TaskContext.get();
    if (task.attemptNumber() == 0 && task.stageAttemptNumber() == 0) {
      return rows;
    }
    List<T> reversed = new ArrayList<>();
    rows.forEachRemaining(reversed::add);
    Collections.reverse(reversed);
    return reversed.iterator();
  }
}
