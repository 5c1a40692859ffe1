#!/usr/bin/env python3
"""The Python package against the program: `python.py READOUT [REPORTS [ROUNDS]]`, by a Python with a release build of the package.

Codes the same archive in turn on as many threads, start-up aside: the package has coded before, and of the program's time that
for an archive of four reports is taken off. The program writes its records to a file; `readout.code` makes objects of
them, `readout.code_batches` batches of Arrow, of 2,000 reports each. Prints words a second, the best of the rounds, and the ratios.
"""
import subprocess
import sys
import tempfile

import pyarrow.parquet
import readout

import make_archive
from timing import seconds

FEW = 1
THREADS = 2
ROWS_A_BATCH = 2000


def main():
    program = sys.argv[1]
    reports = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        few, whole = f"{folder}/few.parquet", f"{folder}/archive.parquet"
        make_archive.write(few, FEW)
        make_archive.write(whole, reports)
        table = pyarrow.parquet.read_table(whole)
        rows, batches = table.to_pylist(), table.combine_chunks().to_batches(max_chunksize=ROWS_A_BATCH)
        words = make_archive.words(whole)
        print(f"{reports} reports, {words} words, {THREADS} threads, best of {rounds}; words a second")

        for read in ("likely", "all"):

            def coded(archive):
                command = [program, "code", archive, "--read", read, "--threads", str(THREADS), "--output", f"{folder}/records.jsonl"]
                subprocess.run(command, stderr=subprocess.DEVNULL)

            ways = {
                "program": lambda: coded(whole),
                "readout.code": lambda: readout.code(rows, read=read, threads=THREADS),
                "readout.code_batches": lambda: list(readout.code_batches(batches, read=read, threads=THREADS)),
            }
            readout.code(rows[:FEW], read=read, threads=THREADS)
            start_up = min(seconds(lambda: coded(few)) for _ in range(rounds))
            taken = {name: [] for name in ways}
            for _ in range(rounds):
                for name, way in ways.items():
                    taken[name].append(seconds(way) - (start_up if name == "program" else 0))
            best = {name: min(times) for name, times in taken.items()}
            told = [f"{name} {words / best[name]:.0f} ({best['program'] / best[name]:.2f})" for name in ways]
            print(f"--read {read}: {', '.join(told)}")


if __name__ == "__main__":
    main()
