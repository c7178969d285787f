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
package io.feathub.spark.interop;

import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.AnyDataType$;

/** What Spark keeps in singletons about the types of inputs. */
public final class InputTypes {
  private InputTypes() {}

  /** An input that no cast is made for. */
  public static AbstractDataType any() {
    return AnyDataType$.MODULE$;
  }

  /** Inputs are of the right types. */
  public static TypeCheckResult accepted() {
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }
}
