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
package io.feathub.spark.window.aggregate;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** VAR_POP, VAR_SAMP, STDDEV_POP and STDDEV_SAMP of doubles: the exact value, rounded once. */
final class VarianceFrame implements FrameAggregate {
  private final ExactVariance variance;
  private final Dispersion dispersion;
  private final LoneSample loneSample;

  VarianceFrame(ExactVariance variance, Dispersion dispersion, LoneSample loneSample) {
    this.variance = variance;
    this.dispersion = dispersion;
    this.loneSample = loneSample;
  }

  @Override
  public void add(long[] cells, int at) {
    variance.add(cells[at]);
  }

  @Override
  public void remove(long[] cells, int at) {
    variance.remove(cells[at]);
  }

  @Override
  public void clear() {
    variance.clear();
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    long count = variance.count();
    long divisor = dispersion.isOfSample() ? count - 1 : count;
    if (count > 0 && divisor > 0) {
      double value = dispersion.isRoot() ? variance.deviation(divisor) : variance.variance(divisor);
      target.write(ordinal, value);
    } else if (count == 1 && loneSample == LoneSample.NAN) {
      target.write(ordinal, Double.NaN);
    } else {
      target.setNullAt(ordinal);
    }
  }
}
