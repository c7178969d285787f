"""Tempo (dbl-tempo) on PySpark: TSDF.asofJoin, then windows of Spark.

Tempo's own withRangeStats of 0.1.30 cannot do these windows: given the columns to summarize it
fails for a time stamp (a variable that is not assigned), and else it casts fractions of a second to
BIGINT, which is an error in Spark 4. It would compute seven statistics of each number besides.
"""

import glob
import os
import re


def start(cores, memory):
    from pyspark.sql import SparkSession

    directory = os.path.join(os.getcwd(), "tempo-spark")
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("benchmark-tempo")
        .config("spark.driver.memory", memory)
        .config("spark.driver.extraJavaOptions", "-XX:+UseTransparentHugePages")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.local.dir", os.path.join(directory, "local"))
        .config("spark.sql.warehouse.dir", os.path.join(directory, "warehouse"))
        .config("spark.sql.shuffle.partitions", str(4 * cores))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .getOrCreate()
    )
    return TempoContender(session)


class TempoContender:
    def __init__(self, session):
        from pyarrow.parquet import read_metadata
        from tempo import TSDF

        self.footer = read_metadata
        self.tsdf = TSDF
        self.session = session
        self.schemas = {}

    def checksum(self, job):
        return self.folded(self.answer(job))

    def fold(self, columns, directory):
        return self.folded(self.session.read.parquet(directory).select(columns))

    def folded(self, rows):
        # The sum of half of each hash's bits cannot overflow.
        return rows.selectExpr("sum(xxhash64(*) & 2147483647)", "count(*)").collect()[0]

    def parquet(self, job, directory):
        self.answer(job).write.mode("overwrite").option("compression", "snappy").parquet(directory)
        # From the files' footers: Spark does not say, and to count again would take a job.
        files = glob.glob(os.path.join(glob.escape(directory), "*.parquet"))
        return sum(self.footer(file).num_rows for file in files)

    def operators(self):
        """The nodes of the plan that was executed last, after adaptive execution changed it.

        A window has the kind of its frames in its name: asofJoin has one of ROWS itself.
        """
        jvm_session = self.session._jsparkSession
        self.session.sparkContext._jsc.sc().listenerBus().waitUntilEmpty()
        store = jvm_session.sharedState().statusStore()
        executions = store.executionsList()
        last = executions.apply(executions.size() - 1)
        nodes = store.planGraph(last.executionId()).allNodes()
        names = (self.name(nodes.apply(i)) for i in range(nodes.size()))
        return [name for name in names if not name.startswith("WholeStageCodegen")]

    def name(self, node):
        name = node.name().strip()
        frames = re.findall(r"specifiedwindowframe\((Row|Range)Frame", node.desc())
        return f"{name} {'+'.join(sorted(set(frames)))}" if frames else name

    def answer(self, job):
        rows = self.joins(job)
        for window in job["windows"]:
            rows = rows.selectExpr("*", self.window(window))
        return rows.select(job["columns"])

    def joins(self, job):
        rows = self.table(job["events"]["directory"]).select(job["events"]["columns"])
        keys = ["item_id"] if job["keys"] == "ITEM" else []
        for table in job["facts"]:
            columns = table["columns"]
            facts = self.table(table["directory"]).select(*keys, "ts", *columns)
            joined = self.tsdf(rows, ts_col="ts", partition_cols=keys).asofJoin(
                self.tsdf(facts, ts_col="ts", partition_cols=keys), right_prefix="right"
            )
            joined_columns = {"right_" + column: column for column in columns}
            rows = joined.df.withColumnsRenamed(joined_columns).drop("right_ts")
        return rows

    def table(self, directory):
        """A table of a job, whose schema is looked up once, as a catalog knows it beforehand."""
        if directory not in self.schemas:
            self.schemas[directory] = self.session.read.parquet(directory).schema
        return self.session.read.schema(self.schemas[directory]).parquet(directory)

    def window(self, window):
        # Windows that differ in nothing but the frame and the aggregate are one operator to Spark.
        return (
            f"{window['aggregate']}(item_count * price) OVER (PARTITION BY user_id ORDER BY ts"
            f" RANGE BETWEEN INTERVAL '{window['range_micros'] / 1e6:.6f}' SECOND PRECEDING"
            f" AND CURRENT ROW) AS {window['column']}"
        )
