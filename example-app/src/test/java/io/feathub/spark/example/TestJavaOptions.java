package io.feathub.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class TestJavaOptions {
  @Test
  void theOptionsFileIsSparksOwnList() throws IOException {
    assertThat(
            Files.readAllLines(Launched.ROOT.resolve("dev/java-options")).stream()
                .filter(line -> !line.startsWith("#")))
        .containsExactly(JavaModuleOptions.defaultModuleOptionArray());
  }
}
