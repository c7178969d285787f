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

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * What the command line says.
 *
 * @param data the directory with the two files of events
 */
record ExampleOptions(String master, String data, String output, boolean overwrite) {
  static final String USAGE =
      "usage: ./feathub example [--master local[*]|spark://HOST:PORT] [--data DIR] [--output DIR]"
          + " [--overwrite]";

  /** Defaults are taken from the directory of the project, in the property feathub.home. */
  static ExampleOptions parse(String... args) {
    String home = System.getProperty("feathub.home", ".");
    String master = System.getProperty("spark.master", "local[*]");
    String data = home + "/data";
    String output = home + "/output/purchase_events_with_features";
    boolean overwrite = false;
    Queue<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--master" -> master = value(option, rest);
        case "--data" -> data = value(option, rest);
        case "--output" -> output = value(option, rest);
        case "--overwrite" -> overwrite = true;
        default -> throw new UserErrors.UsageException("There is no option " + option + ".");
      }
    }
    return new ExampleOptions(master, data, output, overwrite);
  }

  private static String value(String option, Queue<String> rest) {
    if (rest.isEmpty()) {
      throw new UserErrors.UsageException("The option " + option + " needs a value.");
    }
    return rest.remove();
  }
}
