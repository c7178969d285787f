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

import java.util.List;
import java.util.Locale;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;

/**
 * The session keys, registered with Spark so that {@code SET} checks their values and {@code SET
 * -v} explains them. The table in {@code docs/configuration.md} is generated from this class.
 */
public final class FeathubConf {
  /** Whether as-of joins run on FeatHub's operators. */
  public static final ConfigEntry<Object> AS_OF_ENABLED =
      SQLConf.buildConf("spark.sql.feathub.asOf.enabled")
          .doc(
              "When true, asof() in the ON clause of a join runs on FeatHub's operators. When"
                  + " false, the same rows come from Spark's own join and window operators, which"
                  + " expand every candidate pair.")
          .version("0.1.0")
          .booleanConf()
          .createWithDefault(true);

  /** Up to which estimated size the right side of an as-of join is broadcast. */
  public static final ConfigEntry<Object> AS_OF_BROADCAST_THRESHOLD =
      SQLConf.buildConf("spark.sql.feathub.asOf.broadcastThreshold")
          .doc(
              "Largest estimated size of the right side of an as-of join that is sent to every"
                  + " executor instead of shuffling both sides, and at most a 24th of the driver's"
                  + " heap. 0 never broadcasts without a hint.")
          .version("0.1.0")
          .bytesConf(org.apache.spark.network.util.ByteUnit.BYTE)
          .checkValue(
              size -> (Long) size >= 0, "The size must not be negative; use 0 to never broadcast.")
          .createWithDefaultString("64MB");

  /** How as-of joins without a hint run. */
  public static final ConfigEntry<String> AS_OF_FORM =
      SQLConf.buildConf("spark.sql.feathub.asOf.form")
          .doc(
              "How as-of joins without a hint run: auto chooses by the estimated size of the right"
                  + " side and by the order in which both sides come; broadcast, hashed and merged"
                  + " choose as the hints BROADCAST, SHUFFLE_HASH and MERGE of the right side do.")
          .version("0.1.0")
          .stringConf()
          .transform(form -> form.toLowerCase(Locale.ROOT))
          .checkValue(
              form -> List.of("auto", "broadcast", "hashed", "merged").contains(form),
              "The form is auto, broadcast, hashed or merged.")
          .createWithDefault("auto");

  /** Whether supported windows run on FeatHub's streaming operator. */
  public static final ConfigEntry<Object> WINDOW_ENABLED =
      SQLConf.buildConf("spark.sql.feathub.window.enabled")
          .doc(
              "When true, window functions whose functions and frames are all supported run on"
                  + " FeatHub's streaming operator. When false, Spark's own operator runs them.")
          .version("0.1.0")
          .booleanConf()
          .createWithDefault(true);

  private FeathubConf() {}

  /** Makes the keys known to Spark, so that {@code SET} refuses a wrong value at once. */
  public static void register() {
    entries();
  }

  /** All keys, in the order of the documentation; loading this class registers them. */
  public static List<ConfigEntry<?>> entries() {
    return List.of(AS_OF_ENABLED, AS_OF_BROADCAST_THRESHOLD, AS_OF_FORM, WINDOW_ENABLED);
  }

  /** The value of an on/off key in a session's configuration. */
  public static boolean isOn(SQLConf conf, ConfigEntry<Object> entry) {
    return (Boolean) conf.getConf(entry);
  }

  /** The value of a key that names something. */
  public static String text(SQLConf conf, ConfigEntry<String> entry) {
    return conf.getConf(entry);
  }

  /** The value of a size key in bytes. */
  public static long bytes(SQLConf conf, ConfigEntry<Object> entry) {
    return (Long) conf.getConf(entry);
  }
}
