#!/usr/bin/env python3
"""Code a file of JSON lines once and say how fast: `measure.py READOUT FILE THREADS HEAD` (see reuters.sh)."""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def text_of(report):
    return report.get("text") or "\n".join(report.get("sentences", []))


def main():
    readout, path, threads, head = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")
    with opened as lines, tempfile.TemporaryDirectory() as folder:
        # Unpacked first, so that only reading and coding are measured.
        given, coded = Path(folder) / "given.jsonl", Path(folder) / "records.jsonl"
        documents = words = longest = 0
        with open(given, "wb") as out:
            for line in lines:
                if not line.strip():
                    continue
                if head and documents == head:
                    break
                out.write(line)
                text = text_of(json.loads(line))
                documents, words, longest = documents + 1, words + len(text.split()), max(longest, len(text.encode()))
        began = time.monotonic()
        ended = subprocess.run([readout, "code", str(given), "--output", str(coded), "--format", "jsonl", "--threads",
                                str(threads), "--quiet"], stderr=subprocess.PIPE, text=True)
        seconds = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(coded, encoding="utf-8") as records:
            kept = events = 0
            for line in records:
                kept, events = kept + 1, events + len(json.loads(line)["events"])
    rejected = ended.stderr.count("\n")
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # bytes there, KiB elsewhere
    cpu = used.ru_utime + used.ru_stime
    print(f"documents in    {documents}")
    print(f"records out     {kept}, messages of rejection {rejected}, exit code {ended.returncode}")
    print(f"events          {events}")
    print(f"words           {words}")
    print(f"threads         {threads} (of {os.cpu_count()} cores)")
    print(f"seconds         {seconds:.1f} by the clock, {cpu:.1f} of CPU, loading included")
    print(f"words a second  {words / seconds:.0f} by the clock, {words / cpu:.0f} a core (second of CPU)")
    print(f"peak memory     {peak:.0f} MiB (longest document {longest / 1024:.0f} KiB)")
    sys.exit(kept + rejected < documents)


if __name__ == "__main__":
    main()
