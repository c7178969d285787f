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
package io.feathub.spark.example;

import io.feathub.spark.FeathubErrors;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Answers a user's mistake with a line and a hint, and anything else with a stack trace. */
final class UserErrors {
  private UserErrors() {}

  /** Runs an action: 0 if it ends well, 1 after an error of the user, 2 after one of ours. */
  static int exitCode(Action action) {
    try {
      action.run();
      return 0;
    } catch (UsageException e) {
      System.err.println("Error: " + e.getMessage());
      System.err.println(ExampleOptions.USAGE);
      return 1;
    } catch (Exception e) {
      return answer(e);
    }
  }

  private static int answer(Exception thrown) {
    Optional<SparkThrowable> error = FeathubErrors.find(thrown);
    if (error.isEmpty()) {
      thrown.printStackTrace();
      return 2;
    }
    String message = ((Throwable) error.get()).getMessage();
    System.err.println("Error: " + message.replace('\n', ' '));
    if (error.get().getCondition().equals("FEATHUB_PATH_EXISTS")) {
      System.err.println("Hint: add --overwrite to replace it.");
    }
    return 1;
  }

  /** What the application does. */
  interface Action {
    void run() throws Exception;
  }

  /** A command line that cannot be read. */
  static final class UsageException extends RuntimeException {
    UsageException(String message) {
      super(message);
    }
  }
}
