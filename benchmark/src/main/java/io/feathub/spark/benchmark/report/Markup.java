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

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes well-formed HTML and SVG: the JDK's writer escapes, and elements are on lines of their
 * own.
 */
final class Markup {
  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;

  Markup() {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Attributes as name, value, name, value and so on. */
  Markup open(String element, String... attributes) {
    return write(
        () -> {
          xml.writeCharacters("\n");
          xml.writeStartElement(element);
          attributes(attributes);
        });
  }

  /** More attributes of the element that was just opened. */
  Markup attributes(String... attributes) {
    return write(
        () -> {
          for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], printable(attributes[i + 1]));
          }
        });
  }

  Markup close() {
    return write(xml::writeEndElement);
  }

  Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  private Markup text(String text) {
    return write(() -> xml.writeCharacters(printable(text)));
  }

  /** An element that HTML does not allow an end tag for. */
  Markup empty(String element, String... attributes) {
    return write(
        () -> {
          xml.writeCharacters("\n");
          xml.writeEmptyElement(element);
          attributes(attributes);
        });
  }

  Markup doctype(String declaration) {
    return write(() -> xml.writeDTD(declaration));
  }

  /** Style sheets that lie beside this class; they have no character that XML would escape. */
  Markup style(String... sheets) {
    StringBuilder style = new StringBuilder("\n");
    for (String sheet : sheets) {
      try (InputStream in = Markup.class.getResourceAsStream(sheet)) {
        style.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return leaf("style", style.toString());
  }

  /** All that was written, every element closed. */
  String finish() {
    write(xml::writeEndDocument);
    return out.toString().strip() + "\n";
  }

  /** XML has no way to write most control characters, which messages of failures may contain. */
  private static String printable(String text) {
    return NOT_XML.matcher(text).replaceAll("\uFFFD");
  }

  private interface Action {
    void run() throws XMLStreamException;
  }

  private Markup write(Action action) {
    try {
      action.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }
}
