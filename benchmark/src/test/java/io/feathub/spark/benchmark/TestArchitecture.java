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
package io.feathub.spark.benchmark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** What the documents say about the shape of this module's code. */
class TestArchitecture {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(BenchmarkDirectories.CLASSES);

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("io.feathub.spark.benchmark.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCommandKnowsTheCommand() {
    noClasses()
        .that()
        .resideInAPackage("io.feathub.spark.benchmark.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.feathub.spark.benchmark")
        .check(CLASSES);
  }

  @Test
  void scalaPlumbingLivesInInterop() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.or(
                nameMatching("(scala|org\\.apache\\.spark)\\..*\\$"),
                resideInAnyPackage("scala.jdk..", "scala.collection.mutable..")))
        .check(CLASSES);
  }
}
