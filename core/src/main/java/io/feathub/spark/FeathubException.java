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
package io.feathub.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;

/**
 * A {@code FEATHUB_*} error met while data is read, computed or written. Errors in what the user
 * asked for, which are found before any data is touched, are {@link FeathubAnalysisException}s.
 */
public final class FeathubException extends RuntimeException implements SparkThrowable {
  private final String condition;
  private final String sqlState;
  private final HashMap<String, String> messageParameters;

  FeathubException(
      String condition,
      String sqlState,
      Map<String, String> messageParameters,
      String message,
      Throwable cause) {
    super(message, cause);
    this.condition = condition;
    this.sqlState = sqlState;
    this.messageParameters = new HashMap<>(messageParameters);
  }

  @Override
  public String getCondition() {
    return condition;
  }

  @Override
  public String getSqlState() {
    return sqlState;
  }

  @Override
  public Map<String, String> getMessageParameters() {
    return messageParameters;
  }

  @Override
  public QueryContext[] getQueryContext() {
    return new QueryContext[0];
  }
}
