"""Tempo (dbl-tempo) on PySpark: TSDF.asofJoin, then windows of Spark.

Tempo's own withRangeStats of 0.1.30 cannot do these windows: given the columns to summarize it
fails for a time stamp (a variable that is not assigned), and else it casts fractions of a second to
BIGINT, which is an error in Spark 4. It would compute seven statistics of each number besides.
"""

import os


def start(cores, memory):
    from pyspark.sql import SparkSession

    directory = os.path.join(os.getcwd(), "tempo-spark")
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("benchmark-tempo")
        .config("spark.driver.memory", memory)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.local.dir", os.path.join(directory, "local"))
        .config("spark.sql.warehouse.dir", os.path.join(directory, "warehouse"))
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .getOrCreate()
    )
    return TempoContender(session)


class TempoContender:
    def __init__(self, session):
        from tempo import TSDF

        self.tsdf = TSDF
        self.session = session

    def checksum(self, job):
        return self.answer(job).selectExpr("bit_xor(xxhash64(*))").collect()[0][0]

    def parquet(self, job, directory):
        self.answer(job).write.mode("overwrite").option("compression", "snappy").parquet(directory)

    def operators(self):
        """The nodes of the plan that was executed last, after adaptive execution changed it."""
        jvm_session = self.session._jsparkSession
        self.session.sparkContext._jsc.sc().listenerBus().waitUntilEmpty()
        store = jvm_session.sharedState().statusStore()
        executions = store.executionsList()
        last = executions.apply(executions.size() - 1)
        nodes = store.planGraph(last.executionId()).allNodes()
        names = (nodes.apply(i).name().strip() for i in range(nodes.size()))
        return list(dict.fromkeys(n for n in names if not n.startswith("WholeStageCodegen")))

    def answer(self, job):
        rows = self.joins(job)
        for window in job["windows"]:
            rows = rows.selectExpr("*", self.window(window))
        return rows.select(job["columns"])

    def joins(self, job):
        rows = self.session.read.parquet(job["events"]["directory"]).select(job["events"]["columns"])
        keys = ["item_id"] if job["keys"] == "ITEM" else []
        for table in job["facts"]:
            column = table["column"]
            facts = self.session.read.parquet(table["directory"]).select(*keys, "ts", column)
            joined = self.tsdf(rows, ts_col="ts", partition_cols=keys).asofJoin(
                self.tsdf(facts, ts_col="ts", partition_cols=keys), right_prefix="right"
            )
            rows = joined.df.withColumnRenamed("right_" + column, column).drop("right_ts")
        return rows

    def window(self, window):
        # Windows that differ in nothing but the frame and the aggregate are one operator to Spark.
        return (
            f"{window['aggregate']}(item_count * price) OVER (PARTITION BY user_id ORDER BY ts"
            f" RANGE BETWEEN INTERVAL '{window['range_micros'] / 1e6:.6f}' SECOND PRECEDING"
            f" AND CURRENT ROW) AS {window['column']}"
        )
