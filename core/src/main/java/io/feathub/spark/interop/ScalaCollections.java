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
package io.feathub.spark.interop;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.reflect.ClassTag;

/** Between Java's collections and the immutable ones that Catalyst takes and gives. */
public final class ScalaCollections {
  private ScalaCollections() {}

  public static <T> Seq<T> seq(List<? extends T> elements) {
    return CollectionConverters.<T>asScala(List.copyOf(elements)).toSeq();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public static <T> Seq<T> seq(T... elements) {
    return seq(List.of(elements));
  }

  /** A copy, in the order of the sequence. */
  public static <T> List<T> list(scala.collection.Seq<T> elements) {
    return List.copyOf(CollectionConverters.asJava(elements));
  }

  /** A copy without an order. */
  public static <T> Set<T> set(scala.collection.Set<T> elements) {
    return Set.copyOf(CollectionConverters.asJava(elements));
  }

  /** The same elements, gone through as Scala would. */
  public static <T> Iterable<T> iterable(scala.collection.Iterable<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  /** The same iterator. */
  public static <T> Iterator<T> iterator(scala.collection.Iterator<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  @SuppressWarnings("unchecked") // An immutable map is covariant in its values.
  public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, ? extends V> entries) {
    return scala.collection.immutable.Map.from(
        (scala.collection.Map<K, V>) CollectionConverters.asScala(entries));
  }

  public static <K, V> Map<K, V> map(scala.collection.Map<K, V> entries) {
    return Map.copyOf(CollectionConverters.asJava(entries));
  }

  public static <T> Optional<T> optional(Option<T> value) {
    return OptionConverters.toJava(value);
  }

  public static <T> Option<T> option(Optional<T> value) {
    return OptionConverters.toScala(value);
  }

  /** What Scala's collections ask for where Java would take the class. */
  public static <T> ClassTag<T> classTag(Class<T> type) {
    return ClassTag.apply(type);
  }
}
