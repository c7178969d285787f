"""Does jobs in one Python library for the benchmark, for as long as its standard input is open.

Usage: worker.py CONTENDER CORES MEMORY, as in "worker.py polars 2 4g". MEMORY is the heap of the
JVM that Tempo starts; the others take what they need.

Each line of standard input is a command, a JSON object, and is answered by one line of standard
output; everything else goes to standard error. An answer has "ok": true, or false and "error".

  {"command": "prepare"}
      Imports the library and starts its engine.
  {"command": "run", "job": JOB, "sink": {"kind": "checksum"}}
  {"command": "run", "job": JOB, "sink": {"kind": "parquet", "directory": D}}
      Does the job from its files to its sink. Answer: "run", the number of this run, "rows", the
      number of rows that came to the sink, and "checksum" of the first sink.
  {"command": "fold", "columns": [C, ..], "directory": D}
      Folds rows that this contender wrote to Parquet as its first sink does. Answer: "rows" and
      "checksum". There is no last run after it.
  {"command": "operators", "run": N}
      Answer: "operators", those that the last run used, each as often as it occurs; an error if
      that was not run N.

A JOB is {"events": {"directory": D, "columns": [C, ..]},
          "keys": "ITEM" or "NONE",
          "facts": [{"directory": D, "columns": [C, ..]}, ..],
          "windows": [{"aggregate": "SUM", "range_micros": R, "column": C}, ..],
          "columns": [C, ..]}
The columns of facts are those to join, beside key and time; the last are those of the answer, in
order.
"""

import importlib
import json
import os
import sys
import traceback

CONTENDERS = {
    "polars": "polars_contender",
    "pandas": "pandas_contender",
    "tempo": "tempo_contender",
}


class Worker:
    """A contender, started by the first command that needs it, and its last run."""

    def __init__(self, contender, cores, memory):
        self.contender = contender
        self.cores = cores
        self.memory = memory
        self.engine = None
        self.runs = 0

    def answer(self, command):
        name = command.get("command") if isinstance(command, dict) else None
        if name == "prepare":
            self.started()
            return {}
        if name == "run":
            return self.run(command["job"], command["sink"])
        if name == "fold":
            return self.fold(command["columns"], command["directory"])
        if name == "operators":
            return self.operators(command["run"])
        raise ValueError(f"unknown command {name!r}; known are prepare, run, fold and operators")

    def run(self, job, sink):
        engine = self.started()
        # Counted first: a run that fails leaves no run whose operators could be asked for.
        self.runs += 1
        if sink["kind"] == "checksum":
            return {"run": self.runs, **folded(engine.checksum(job))}
        if sink["kind"] == "parquet":
            return {"run": self.runs, "rows": engine.parquet(job, sink["directory"])}
        raise ValueError(f"unknown sink {sink['kind']!r}; known are checksum and parquet")

    def fold(self, columns, directory):
        engine = self.started()
        # Some engines tell the operators of what they did last, which is no run any more.
        self.runs += 1
        return folded(engine.fold(columns, directory))

    def operators(self, run):
        if run != self.runs:
            raise ValueError(f"run {run} is not the last one, which is {self.runs}")
        return {"operators": self.started().operators()}

    def started(self):
        if self.engine is None:
            module = importlib.import_module(CONTENDERS[self.contender])
            self.engine = module.start(self.cores, self.memory)
        return self.engine


def folded(fold):
    checksum, rows = fold
    return {"checksum": str(checksum), "rows": int(rows)}


def one_line(error):
    first = str(error).strip().splitlines()
    return f"{type(error).__name__}: {first[0]}" if first else type(error).__name__


def serve(worker, commands, answers):
    for line in commands:
        try:
            answer = {"ok": True, **worker.answer(json.loads(line))}
        except json.JSONDecodeError as error:
            answer = {"ok": False, "error": f"the command is no JSON: {error}"}
        except Exception as error:  # Whatever a library raises is the answer to its command.
            traceback.print_exc()
            answer = {"ok": False, "error": one_line(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def main(arguments):
    if len(arguments) != 3 or arguments[0] not in CONTENDERS or not arguments[1].isdigit():
        print(f"usage: worker.py {'|'.join(CONTENDERS)} CORES MEMORY", file=sys.stderr)
        return 2
    # A library, or a JVM it starts, that prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(Worker(arguments[0], int(arguments[1]), arguments[2]), sys.stdin, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
