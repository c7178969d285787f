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
package io.feathub.spark.window;

import io.feathub.spark.window.aggregate.LoneSample;
import io.feathub.spark.window.aggregate.OverflowMode;
import java.io.Serializable;
import org.apache.spark.QueryContext;

/**
 * What a function computes.
 *
 * @param overflow what becomes of a sum that does not fit
 * @param loneSample what the sample variance of one value is
 * @param context what an error of a sum quotes; may be null
 */
record Computation(
    FunctionKind kind, OverflowMode overflow, LoneSample loneSample, QueryContext context)
    implements Serializable {

  /** Of a function that neither overflows nor is a variance. */
  static Computation of(FunctionKind kind) {
    return new Computation(kind, OverflowMode.ANSI, LoneSample.NULL, null);
  }
}
