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
package io.feathub.spark.benchmark.report;

import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written: about three digits, the same on every machine. */
final class Figures {
  /** Stands for a figure that does not exist. */
  static final String NONE = "-";

  /** Of the median. */
  private static final double NOISE = 0.15;

  private Figures() {}

  static String seconds(double seconds) {
    if (seconds < 0.01) {
      return format("%.4f", seconds);
    }
    return seconds < 1 ? format("%.3f", seconds) : decimals(seconds);
  }

  static String markedSeconds(Timing timing) {
    return marked(seconds(timing.median()), timing);
  }

  /** With a mark if one cannot rely on the timing; {@link Sentences#MARKS} says how. */
  static String marked(String figure, Timing timing) {
    String mark = isNoisy(timing) ? " ~" : "";
    return figure + (timing.once() ? " (1)" : mark);
  }

  static boolean isNoisy(Timing timing) {
    return timing.spread().orElse(0) > NOISE;
  }

  static String spread(OptionalDouble spread) {
    return spread.isEmpty() ? NONE : format("%.0f %%", spread.getAsDouble() * 100);
  }

  static String ratio(double ratio) {
    if (ratio < 0.1) {
      return format("%.3fx", ratio);
    }
    return ratio < 10 ? format("%.2fx", ratio) : decimals(ratio) + "x";
  }

  /** Of any unit. */
  static String decimals(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (value < 10) {
      return format("%.2f", value);
    }
    return value < 100 ? format("%.1f", value) : format("%,.0f", value);
  }

  static String count(long count) {
    return format("%,d", count);
  }

  /** Short enough for a tick of an axis: {@code 50k}, {@code 1.5M}. */
  static String compact(double value) {
    if (value >= 1e6) {
      return shortest(value / 1e6) + "M";
    }
    return value >= 1e3 ? shortest(value / 1e3) + "k" : shortest(value);
  }

  static String rowsPerSecond(double rate) {
    if (rate >= 1e6) {
      return decimals(rate / 1e6) + " M";
    }
    return rate >= 1e3 ? decimals(rate / 1e3) + " k" : decimals(rate);
  }

  static String memory(long megabytes) {
    if (megabytes < 1024) {
      return megabytes + " MiB";
    }
    return shortest(Math.round(megabytes / 102.4) / 10.0) + " GiB";
  }

  static String oneDecimal(double value) {
    return format("%.1f", value);
  }

  static String sink(Sink sink) {
    return switch (sink) {
      case CHECKSUM -> "checksum";
      case PARQUET -> "Parquet";
    };
  }

  /** {@code a}, {@code a and b} or {@code a, b and c}. */
  static String list(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /** A coordinate or a share: two digits behind the point are below a pixel. */
  static String coordinate(double value) {
    return shortest(Math.round(value * 100) / 100.0);
  }

  private static String shortest(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
