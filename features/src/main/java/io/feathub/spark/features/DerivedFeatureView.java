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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row per row of a source table, with features added. Features are evaluated in the order in
 * which they are declared, and each sees the ones before it, also where one took the name of a
 * field of the source.
 *
 * <p>The columns are the fields of the source that no feature redeclares, in the source's order,
 * and then the features in declared order.
 */
public final class DerivedFeatureView {
  private final String name;
  private final String source;
  private final TableDescriptor sourceTable;
  private final List<Declaration> features;
  private final boolean keepSourceFields;

  private DerivedFeatureView(Builder builder) {
    this.name = builder.name;
    this.source = requireNonNull(builder.source, "source is null");
    this.sourceTable = builder.sourceTable;
    this.features = List.copyOf(builder.features);
    this.keepSourceFields = builder.keepSourceFields;
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  public String name() {
    return name;
  }

  /** The name of the source table. */
  public String source() {
    return source;
  }

  /** Whether all fields of the source are in the output, or its timestamp and keys only. */
  public boolean keepSourceFields() {
    return keepSourceFields;
  }

  /** The source table if it was given itself; empty if only its name was. */
  Optional<TableDescriptor> sourceTable() {
    return Optional.ofNullable(sourceTable);
  }

  List<Declaration> features() {
    return features;
  }

  /** What stands in a view's list of features. */
  sealed interface Declaration permits Declared, Shorthand {}

  /** A feature, spelled out. */
  record Declared(Feature feature) implements Declaration {}

  /** {@code field} of the source or {@code table.field} of another table. */
  record Shorthand(String text) implements Declaration {}

  /** Collects what a view needs. */
  public static final class Builder {
    private final String name;
    private String source;
    private TableDescriptor sourceTable;
    private final List<Declaration> features = new ArrayList<>();
    private boolean keepSourceFields;

    private Builder(String name) {
      this.name = requireNonNull(name, "name is null");
    }

    /** The name of a table built in the client; a source is required. */
    public Builder source(String tableName) {
      this.source = requireNonNull(tableName, "tableName is null");
      this.sourceTable = null;
      return this;
    }

    /** The table whose rows get features; a source is required. */
    public Builder source(TableDescriptor table) {
      this.source = table.name();
      this.sourceTable = table;
      return this;
    }

    public Builder feature(Feature feature) {
      features.add(new Declared(requireNonNull(feature, "feature is null")));
      return this;
    }

    /**
     * Adds a feature by its short form.
     *
     * @param shorthand {@code field} of the source, or {@code table.field}: the field of another
     *     table at the event time, see {@link JoinTransform}
     */
    public Builder feature(String shorthand) {
      features.add(new Shorthand(requireNonNull(shorthand, "shorthand is null")));
      return this;
    }

    /** Whether to keep all fields of the source; default false: its timestamp and keys only. */
    public Builder keepSourceFields(boolean keep) {
      this.keepSourceFields = keep;
      return this;
    }

    public DerivedFeatureView build() {
      return new DerivedFeatureView(this);
    }
  }
}
