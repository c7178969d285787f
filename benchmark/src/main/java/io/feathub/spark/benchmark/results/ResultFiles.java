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
package io.feathub.spark.benchmark.results;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/**
 * Results as JSON files. What was written is read back equal; the same results give the same bytes.
 */
public final class ResultFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResultFiles() {}

  /** Replaces the file in one step; its directory is created if it is missing. */
  public static void write(Results results, Path file) {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(whole, json(results));
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the results file " + file, e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidFile if the file cannot be read or has other properties than results have
   */
  public static Results read(Path file) {
    try {
      return MAPPER.readValue(Files.readString(file), Results.class);
    } catch (JsonProcessingException e) {
      throw new InvalidFile(
          "%s%s is not a results file of this version of the benchmark: %s. Measure it again."
              .formatted(file, place(e), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new InvalidFile(
          "Cannot read the results file %s (%s). Check its name and permissions."
              .formatted(file, e),
          e);
    }
  }

  private static String json(Results results) throws JsonProcessingException {
    // The default of the line separator depends on the platform.
    ObjectWriter writer =
        MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
    return writer.writeValueAsString(results) + "\n";
  }

  /** A property by its path: Jackson has read past it when it refuses one of a record. */
  private static String place(JsonProcessingException refused) {
    if (refused instanceof JsonMappingException mapping) {
      String path =
          mapping.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? Integer.toString(step.getIndex())
                          : step.getFieldName())
              .collect(Collectors.joining("."));
      return path.isEmpty() ? "" : ", property " + path + ",";
    }
    JsonLocation location = refused.getLocation();
    return ", line %s, column %s,".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** A results file that cannot be used. */
  public static final class InvalidFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidFile(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
