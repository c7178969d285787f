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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.internal.config.ConfigEntry;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} is what the code says; -Dregenerate.golden.files=true writes it.
 */
class TestConfigurationDocs {
  @Test
  void theDocumentListsTheKeysOfTheCode() throws IOException {
    Path document = Path.of(System.getProperty("feathub.root"), "docs", "configuration.md");
    if (Boolean.getBoolean("regenerate.golden.files")) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, generated());
    }

    assertThat(document).content().isEqualTo(generated());
  }

  private static String generated() {
    StringBuilder text =
        new StringBuilder(
            """
            # Session keys

            All of them can be set in `spark-defaults.conf`, with `--conf`, or in a session with `SET`. This page is generated from
            the code: `./mvnw verify -Dregenerate.golden.files=true`.

            | Key | Default | Meaning | Since |
            |---|---|---|---|
            """);
    for (ConfigEntry<?> entry : FeathubConf.entries()) {
      text.append(
          "| `%s` | `%s` | %s | %s |%n"
              .formatted(entry.key(), entry.defaultValueString(), entry.doc(), entry.version()));
    }
    return text.toString();
  }
}
