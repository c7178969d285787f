# Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
# in compliance with the License. You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software distributed under the License
# is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
# or implied. See the License for the specific language governing permissions and limitations under
# the License.
"""As-of joins from PySpark and from pandas on Spark, on FeatHub's operator: as_of.py BUNDLE."""

import os
import sys

import pandas
from pandas.testing import assert_frame_equal
from pyspark import pandas as spark_pandas
from pyspark.sql import SparkSession, functions as F

LEFT = pandas.DataFrame(
    {"k": ["a", "b", "c", "a", "b"], "t": [1, 3, 4, 5, 9], "x": [1.0, 2.0, 3.0, 4.0, 5.0]}
)
RIGHT = pandas.DataFrame(
    {"k": ["a", "b", "a", "b", "b"], "t": [1, 2, 4, 7, 9], "y": [10.0, 20.0, 30.0, 40.0, 50.0]}
)


def plan(frame):
    return frame._jdf.queryExecution().executedPlan().toString()


def ordered(frame):
    return frame.sort_values(["t", "k"]).reset_index(drop=True)


def check_merge_asof():
    left, right = spark_pandas.from_pandas(LEFT), spark_pandas.from_pandas(RIGHT)
    for direction in ("backward", "forward", "nearest"):
        # With a tolerance and without exact matches Spark's rule is not that of pandas.
        for tolerance, exact in ((None, True), (None, False), (1, True)):
            how = dict(
                on="t",
                by="k",
                direction=direction,
                tolerance=tolerance,
                allow_exact_matches=exact,
            )
            found = spark_pandas.merge_asof(left, right, **how)
            assert "BroadcastAsOfJoin" in plan(found.spark.frame()), how
            expected = pandas.merge_asof(LEFT, RIGHT, **how)
            assert_frame_equal(ordered(expected), ordered(found.to_pandas()), check_dtype=False)


def check_expression(spark, key):
    """The key of the left side is what a function makes of its column."""
    left = spark.createDataFrame(LEFT).withColumn("key", key(F.col("k"))).alias("l")
    right = spark.createDataFrame(RIGHT).alias("r")
    joined = left.join(right, F.expr("l.key = r.k AND asof(l.t >= r.t, 2)"), "left")
    assert "BroadcastAsOfJoin" in plan(joined)
    rows = {(row.k, row.t): row.y for row in joined.select("l.k", "l.t", "y").collect()}
    assert rows == {
        ("a", 1): 10.0,
        ("b", 3): 20.0,
        ("c", 4): None,
        ("a", 5): 30.0,
        ("b", 9): 50.0,
    }, rows


def main(bundle):
    # Not whatever python3 is.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.jars", bundle)
        .config("spark.sql.extensions", "io.feathub.spark.FeathubSparkExtensions")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    check_merge_asof()
    check_expression(spark, F.lower)
    check_expression(spark, F.udf(lambda text: text.lower(), "string"))
    print("all rows are right")


if __name__ == "__main__":
    main(sys.argv[1])
