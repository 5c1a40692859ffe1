#!/usr/bin/env python3
"""Whether a store is the same whatever happens: `once.py READOUT KILLS INPUT...`.

Adds the inputs once; then twice over, in the other order, and while the program is killed KILLS times at random moments
(SIGKILL); each time `readout check` must find the file sound and print the same hash.
"""
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def check(readout, store):
    told = subprocess.run([readout, "check", store], capture_output=True, text=True, check=True).stdout
    return told.strip().splitlines()


def add(readout, store, inputs):
    began = time.monotonic()
    ended = subprocess.run([readout, "add", store, "--quiet", *inputs], stderr=subprocess.DEVNULL)
    assert ended.returncode in (0, 2), f"exit code {ended.returncode}"
    return time.monotonic() - began


def main():
    readout, kills, inputs = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        whole, other, killed = (str(Path(folder) / name) for name in ("whole.db", "other.db", "killed.db"))
        seconds = add(readout, whole, inputs)
        first = check(readout, whole)
        print("\n".join(first))
        print(f"added in {seconds:.1f} s")
        again = add(readout, whole, inputs)
        assert check(readout, whole) [1:] == first[1:], "twice is not once"
        print(f"added again in {again:.1f} s: the same")
        add(readout, other, inputs[::-1])
        assert check(readout, other)[-1] == first[-1], "another order is another store"
        print("in the other order: the same")
        rng, died = random.Random(7), 0
        for _ in range(kills):
            child = subprocess.Popen([readout, "add", killed, "--quiet", *inputs], stderr=subprocess.DEVNULL)
            try:
                child.wait(rng.uniform(0.2, 2.5 * seconds / max(kills, 1) + 1.5))
            except subprocess.TimeoutExpired:
                died += 1
            child.kill()
            child.wait()
        add(readout, killed, inputs)
        assert check(readout, killed)[-1] == first[-1], "kills left another store"
        print(f"killed {died} times of {kills} tries: the same")
        size = Path(whole).stat().st_size
        print(f"store {size / 2**20:.1f} MiB; the volume had {shutil.disk_usage(folder).free / 2**30:.0f} GiB left")


if __name__ == "__main__":
    main()
