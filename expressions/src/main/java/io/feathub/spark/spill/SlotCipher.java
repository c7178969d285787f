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
package io.feathub.spark.spill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.spark.security.CryptoStreamUtils;
import org.apache.spark.serializer.SerializerManager;

/** Encrypts what is spilled as Spark does: {@code spark.io.encryption.enabled}. */
final class SlotCipher {
  /** How much longer encrypted bytes are: each piece begins with a vector of its own. */
  static final int OVERHEAD = CryptoStreamUtils.IV_LENGTH_IN_BYTES();

  private final SerializerManager streams;

  private SlotCipher(SerializerManager streams) {
    this.streams = streams;
  }

  /** The cipher of Spark's streams, or null if they are not encrypted. */
  static SlotCipher of(SerializerManager streams) {
    return streams.encryptionEnabled() ? new SlotCipher(streams) : null;
  }

  /** The encrypted bytes: {@link #OVERHEAD} more than the plain ones. */
  byte[] encrypt(byte[] plain, int length) throws IOException {
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream(length + OVERHEAD);
    try (OutputStream stream = streams.wrapForEncryption(encrypted)) {
      stream.write(plain, 0, length);
    }
    if (encrypted.size() != length + OVERHEAD) {
      throw new IOException(
          String.format("%d bytes became %d when encrypted", length, encrypted.size()));
    }
    return encrypted.toByteArray();
  }

  /** Puts the plain bytes of what {@link #encrypt} gave into {@code plain}. */
  void decrypt(byte[] encrypted, byte[] plain, int length) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encrypted, 0, length + OVERHEAD);
    try (InputStream stream = streams.wrapForEncryption(bytes)) {
      if (stream.readNBytes(plain, 0, length) < length) {
        throw new EOFException("encrypted bytes end too early");
      }
    }
  }
}
