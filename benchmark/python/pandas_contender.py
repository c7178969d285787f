"""pandas: merge_asof, and rolling aggregates over frames whose bounds are computed for all users."""

import os
import shutil


def start(cores, memory):
    import pyarrow

    # pandas itself has one thread; only the reader of Parquet has more.
    pyarrow.set_cpu_count(cores)
    pyarrow.set_io_thread_count(cores)
    return PandasContender()


class PandasContender:
    def __init__(self):
        import numpy
        import pandas

        self.np = numpy
        self.pd = pandas
        self.called = []

    def checksum(self, job):
        return self.folded(self.answer(job))

    def fold(self, columns, directory):
        return self.folded(self.read(directory, columns)[columns])

    def folded(self, rows):
        # The sum wraps around, and does not depend on the order of the rows.
        return self.pd.util.hash_pandas_object(rows, index=False).sum(), len(rows)

    def parquet(self, job, directory):
        answer = self.answer(job)
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        answer.to_parquet(
            os.path.join(directory, "part-0.parquet"),
            engine="pyarrow",
            compression="snappy",
            index=False,
        )
        return len(answer)

    def operators(self):
        """The functions that were called; pandas plans nothing."""
        return self.called

    def answer(self, job):
        self.called = []
        rows = self.read(job["events"]["directory"], job["events"]["columns"])
        rows = self.joins(job, rows)
        if job["windows"]:
            self.add_windows(job["windows"], rows)
        return rows[job["columns"]]

    def read(self, directory, columns):
        self.called.append("read_parquet")
        return self.pd.read_parquet(directory, engine="pyarrow", columns=columns)

    def joins(self, job, rows):
        if not job["facts"]:
            return rows
        keys = ["item_id"] if job["keys"] == "ITEM" else []
        rows = self.sort(rows)
        for table in job["facts"]:
            facts = self.sort(self.read(table["directory"], [*keys, "ts", *table["columns"]]))
            self.called.append("merge_asof")
            rows = self.pd.merge_asof(rows, facts, on="ts", by=keys or None)
        return rows

    def sort(self, rows):
        self.called.append("sort_values")
        return rows.sort_values("ts", ignore_index=True)

    def add_windows(self, windows, rows):
        """Adds the windows' columns.

        groupby().rolling() would leave out the later rows of the same time, and it takes ten times
        as long: it makes the bounds of each user's frames by themselves. Given all bounds at once,
        rolling() works through the rows of all users, which are sorted by user and time.
        """
        np, pd = self.np, self.pd
        self.called.append("factorize")
        users, _ = pd.factorize(rows["user_id"])
        times = rows["ts"].dt.as_unit("us").astype("int64").to_numpy()
        order = np.lexsort((times, users))
        values = (rows["item_count"] * rows["price"]).take(order)
        positions = self.positions(windows, users[order], times[order])
        for window in windows:
            frames = self.frames(positions, window["range_micros"])
            result = np.empty(len(rows), np.int64 if window["aggregate"] == "COUNT" else np.float64)
            result[order] = self.aggregate(window["aggregate"], values, frames)
            rows[window["column"]] = result

    def positions(self, windows, users, times):
        """Numbers that ascend by user and time; those of two users are further apart than a range."""
        if len(times) == 0:
            return times
        stride = int(times.max() - times.min()) + max(w["range_micros"] for w in windows) + 1
        if (int(users.max()) + 1) * stride >= 2**63:
            raise ValueError("too many users for the range of times: their frames overlap")
        return users * self.np.int64(stride) + (times - times.min())

    def frames(self, positions, range_micros):
        """For each row, where [ts - range, ts] starts and ends, rows of the same time included."""
        np = self.np
        starts = np.searchsorted(positions, positions - range_micros, "left")
        ends = np.searchsorted(positions, positions, "right")

        class Frames(self.pd.api.indexers.BaseIndexer):
            def get_window_bounds(
                self, num_values=0, min_periods=None, center=None, closed=None, step=None
            ):
                return starts.astype(np.int64), ends.astype(np.int64)

        return Frames()

    def aggregate(self, aggregate, values, frames):
        function = {"SUM": "sum", "AVG": "mean", "MIN": "min", "MAX": "max", "COUNT": "count"}[
            aggregate
        ]
        self.called.append(f"rolling.{function}")
        least = 0 if aggregate == "COUNT" else 1
        return getattr(values.rolling(frames, min_periods=least), function)().to_numpy()
