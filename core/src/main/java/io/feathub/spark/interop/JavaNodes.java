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

import org.apache.spark.sql.catalyst.trees.TreeNode;

/**
 * Equality of plan nodes and expressions written in Java. Catalyst's {@code TreeNode} defines only
 * the hash; without this, fixed points, cache look-ups and reuse of exchanges would silently fail.
 */
final class JavaNodes {
  private JavaNodes() {}

  static boolean equal(TreeNode<?> node, Object other) {
    if (node == other) {
      return true;
    }
    if (other == null || node.getClass() != other.getClass()) {
      return false;
    }
    TreeNode<?> that = (TreeNode<?>) other;
    if (node.hashCode() != that.hashCode()) {
      return false;
    }
    for (int i = 0; i < node.productArity(); i++) {
      if (!java.util.Objects.deepEquals(node.productElement(i), that.productElement(i))) {
        return false;
      }
    }
    return true;
  }
}
