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
package io.feathub.spark.benchmark.heap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Jobs that show how a child can end. */
public final class TrivialContenders implements HeapContenders {
  /** A file that an endless job makes in the data directory. */
  static final String STARTED = "started";

  private static final int CHUNK = 1 << 18;

  @Override
  public Callable<Checksum> prepare(HeapTask task) {
    return switch (task.contender()) {
      case "one row" -> () -> new Checksum(1, 7);
      case "endless" -> () -> neverEnd(task.data());
      case "endless memory" -> TrivialContenders::fillTheHeap;
      case "broken" -> TrivialContenders::fail;
      case "wrong after want" -> TrivialContenders::survive;
      default -> throw new IllegalArgumentException(task.contender());
    };
  }

  private static Checksum fillTheHeap() {
    List<byte[]> held = new ArrayList<>();
    while (held.size() < Integer.MAX_VALUE) {
      held.add(new byte[CHUNK]);
    }
    return new Checksum(held.size(), 7);
  }

  private static Checksum neverEnd(Path directory) throws Exception {
    Files.createFile(directory.resolve(STARTED));
    new CountDownLatch(1).await();
    return new Checksum(0, 0);
  }

  private static Checksum survive() {
    new OutOfMemoryError("survived").printStackTrace();
    throw new Wrong();
  }

  private static final class Wrong extends RuntimeException implements WrongResult {
    private static final long serialVersionUID = 1;

    Wrong() {
      super("99 rows");
    }
  }

  private static Checksum fail() {
    throw new IllegalStateException("no such table\nand a second line");
  }
}
