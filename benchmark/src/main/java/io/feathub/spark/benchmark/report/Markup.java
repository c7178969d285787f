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

import java.io.StringWriter;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes well-formed HTML and SVG: the JDK's writer escapes, and elements are on lines of their
 * own.
 */
final class Markup {
  /** Inside a sentence, where a line break would be a blank. */
  private static final Set<String> INLINE = Set.of("b", "code", "small", "span", "tspan");

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
          if (!INLINE.contains(element)) {
            xml.writeCharacters("\n");
          }
          xml.writeStartElement(element);
          for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], printable(attributes[i + 1]));
          }
        });
  }

  Markup close() {
    return write(xml::writeEndElement);
  }

  Markup text(String text) {
    return write(() -> xml.writeCharacters(printable(text)));
  }

  Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** An element that HTML does not allow an end tag for. */
  Markup empty(String element, String... attributes) {
    return write(
        () -> {
          xml.writeCharacters("\n");
          xml.writeEmptyElement(element);
          for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
          }
        });
  }

  Markup doctype(String declaration) {
    return write(() -> xml.writeDTD(declaration));
  }

  /** All that was written, every element closed. */
  String finish() {
    write(xml::writeEndDocument);
    return out.toString().strip() + "\n";
  }

  /** XML has no way to write most control characters, which messages of failures may contain. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> printable.appendCodePoint(isXmlCharacter(point) ? point : 0xFFFD));
    return printable.toString();
  }

  private static boolean isXmlCharacter(int point) {
    if (point < ' ') {
      return point == '\t' || point == '\n';
    }
    return !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
        && point != 0xFFFE
        && point != 0xFFFF;
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
