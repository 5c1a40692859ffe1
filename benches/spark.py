#!/usr/bin/env python3
"""Spark with two executors against the program on two threads: `spark.py READOUT [REPORTS [ROUNDS]]`, by .venv/spark/bin/python,
which scripts/spark makes.

Codes the same archive in turn, start-up aside: executors have coded before and hold the model; of the program's time that for
an archive of a few reports is taken off. Both write what they code. Prints words a second, the best of the rounds, and the
ratio.
"""
import os
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession

import make_archive
from timing import seconds

sys.path.insert(0, str(make_archive.ROOT / "examples/spark"))
import code_archive  # noqa: E402

FEW = 40
# Java's second compiler would take a fifth of a run of a minute, and be done with in one of hours.
START_FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def main():
    readout = sys.argv[1]
    reports = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    for process in ("driver", "executor"):
        builder = builder.config(f"spark.{process}.extraJavaOptions", START_FAST)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", code_archive.REPORTS_A_BATCH)

    with tempfile.TemporaryDirectory() as folder:
        few, all_of_it = f"{folder}/few.parquet", f"{folder}/archive.parquet"
        make_archive.write(few, FEW)
        make_archive.write(all_of_it, reports)
        words = make_archive.words(all_of_it)

        def program(archive):
            command = [readout, "code", archive, "--read", "likely", "--threads", "2", "--output", f"{folder}/records.jsonl"]
            subprocess.run(command, stderr=subprocess.DEVNULL)

        def spark(archive, tasks=-1):
            coded = code_archive.coded(code_archive.spread(session.read.parquet(archive), tasks))
            coded.write.mode("overwrite").parquet(f"{folder}/records")

        for _ in range(2):
            spark(few, tasks=4)
        by_program, by_spark = [], []
        for _ in range(rounds):
            start_up = seconds(lambda: program(few))
            by_program.append(seconds(lambda: program(all_of_it)) - start_up)
            by_spark.append(seconds(lambda: spark(all_of_it)))
    session.stop()
    one, two = words / min(by_program), words / min(by_spark)
    print(f"{reports} reports, {words} words, best of {rounds}")
    print(f"program, two threads: {one:.0f} words a second; Spark, two executors: {two:.0f}; ratio {two / one:.2f}")


if __name__ == "__main__":
    main()
