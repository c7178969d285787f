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
package io.feathub.spark.features;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** A named value that a {@link DerivedFeatureView} adds to each row. Immutable and reusable. */
public final class Feature {
  private final String name;
  private final Transform transform;
  private final DataType dtype;
  private final List<String> keys;

  private Feature(Builder builder) {
    this.name = builder.name;
    this.transform = builder.transform;
    this.dtype = builder.dtype;
    this.keys = builder.keys == null ? null : List.copyOf(builder.keys);
    FieldNames.requireUsable("feature", name);
    if (transform instanceof OverWindowTransform window
        && keys != null
        && !keys.containsAll(window.groupByKeys())) {
      throw FeatureErrors.keysWithoutGroup(name, keys, window.groupByKeys());
    }
  }

  public static Feature of(String name, Transform transform) {
    return builder(name, transform).build();
  }

  /** A feature computed by an expression, see {@link ExpressionTransform}. */
  public static Feature of(String name, String expr) {
    return of(name, ExpressionTransform.of(expr));
  }

  public static Builder builder(String name, Transform transform) {
    return new Builder(name, transform);
  }

  public String name() {
    return name;
  }

  public Transform transform() {
    return transform;
  }

  /** The type that the value is cast to; empty if it follows from the transform. */
  public Optional<DataType> dtype() {
    return Optional.ofNullable(dtype);
  }

  /** The columns that identify what the feature describes; empty if they follow from the rest. */
  public Optional<List<String>> keys() {
    return Optional.ofNullable(keys);
  }

  /** Collects what a feature needs. */
  public static final class Builder {
    private final String name;
    private final Transform transform;
    private DataType dtype;
    private List<String> keys;

    private Builder(String name, Transform transform) {
      this.name = requireNonNull(name, "name is null");
      this.transform = requireNonNull(transform, "transform is null");
    }

    /** A Spark SQL type or one of FeatHub's names, such as {@code BIGINT} or {@code Int64}. */
    public Builder dtype(String type) {
      return dtype(FieldTypes.parse(type));
    }

    public Builder dtype(DataType type) {
      this.dtype = requireNonNull(type, "type is null");
      return this;
    }

    /**
     * The keys of the feature; they stay in a view's output although it drops the source's fields.
     */
    public Builder keys(String... names) {
      this.keys = List.of(names);
      return this;
    }

    public Feature build() {
      return new Feature(this);
    }
  }
}
