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
package io.feathub.spark.benchmark.profile;

import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Method;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.util.List;
import java.util.Locale;

/** A profile as a table for the terminal. */
public final class ProfileText {
  /** Operators below it are left out of the text; JSON has them all. */
  private static final double SMALLEST = 0.001;

  /** Operators from this share of the time on are busy. */
  private static final double BUSY = 0.1;

  private static final int METHODS = 3;

  private ProfileText() {}

  /** A line per operator; below the busy ones the methods in which they were seen most often. */
  public static String of(Profile profile) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.2f s wall, %.2f s CPU, %.2f s paused for garbage; %s%s%n",
            profile.wallSeconds(),
            profile.cpuSeconds(),
            profile.pauseSeconds(),
            profile.measure(),
            profile.samples() == 0 ? "" : ", " + profile.samples() + " in all"));
    text.append(String.format("%7s %9s %10s  %s%n", "share", "seconds", "allocated", "operator"));
    for (Share share : profile.shares()) {
      if (share.share() < SMALLEST && share.allocation() < SMALLEST) {
        continue;
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%6.1f%% %9.3f %9.1f%%  %s%n",
              share.share() * 100,
              share.seconds(),
              share.allocation() * 100,
              share.operator()));
      for (Method method : hottest(share)) {
        text.append(String.format(Locale.ROOT, "%30d  %s%n", method.samples(), method.name()));
      }
    }
    return text.toString();
  }

  private static List<Method> hottest(Share share) {
    return share.share() < BUSY ? List.of() : share.hottest().stream().limit(METHODS).toList();
  }
}
