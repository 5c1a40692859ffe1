#!/usr/bin/env python3
"""How much memory readout takes: `memory.py READOUT one` and `memory.py READOUT soak MINUTES [code]`.

`one` codes single documents of many sizes and kinds, each in a process of its own, and sets the peak beside that of a short
report whose one sentence is as long as the network takes them, so that what the model needs to work is no part of it: at most
64 MiB and 8 times the document more. `soak` feeds `readout add` (or `readout code`) endless made-up documents, some of them
hostile, on standard input, samples the memory held (/proc, Linux) and says whether it is flat: whether the last quarter holds
at most 5 % more than the second. A store keeps up to 64 MiB of its file in memory for each of its two connections, so that
`add` grows until its store is larger than that. Exit code 1 where a bound is not held.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

MIB = 2**20
SIDES = ["Peru", "Chile", "Norway", "Kenya", "Nepal", "Oman", "Ghana", "Laos", "Malta", "Qatar", "Spain", "Togo"]
ACTS = ["agreed with {} on fishing rights", "accused {} of shelling a village", "sent two envoys to {}", "refused to meet {}",
        "expelled a diplomat of {}", "offered {} a loan for dams", "threatened {} with sanctions", "signed a treaty with {}"]


def sentence(rng):
    one, other = rng.sample(SIDES, 2)
    said = rng.choice(["", ", the ministry said", ", a spokesman told reporters", ", according to officials"])
    return f"{one} {rng.choice(ACTS).format(other)} in district {rng.randrange(10_000)}{said}."


def news(rng, size):
    out, length = [], 0
    while length < size:
        out.append(sentence(rng))
        length += len(out[-1]) + 1
    return " ".join(out)[:size]


def page(rng, size):
    body = "".join(f"<p>{news(rng, 400)}</p>\n" for _ in range(size // 410))
    return f"<html><head><title>Talks</title></head><body><article>{body}</article></body></html>"


# Kinds of documents, each of about so many bytes, and the ending of their files.
KINDS = {
    "news": (".txt", news),
    "one word": (".txt", lambda rng, size: "a" * size),
    "one sentence": (".txt", lambda rng, size: ("Peru and Chile " * (size // 15 + 1))[:size]),
    "full stops": (".txt", lambda rng, size: ". " * (size // 2)),
    "quotation marks": (".txt", lambda rng, size: '"' * size),
    "sentences given": (".json", lambda rng, size: json.dumps(
        {"id": "1", "sentences": [sentence(rng) for _ in range(min(size // 75, 90_000))]})),
    "page": (".html", page),
    "nested lists": (".html", lambda rng, size: "<ul><li>" * (size // 8)),
}


def peak(readout, path):
    """The most memory that coding the file takes, in bytes, and the seconds of the processor."""
    child = subprocess.Popen([readout, "code", "--threads", "1", "--quiet", path], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in (0, 1, 2), f"exit code {child.returncode}"
    return usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime


def one(readout):
    rng, bad = random.Random(7), 0
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text("Peru and Chile " * 160)
        base, _ = peak(readout, short)
        print(f"a short report: {base / MIB:.0f} MiB")
        print("| document | MiB | more than for a short one, MiB | bound, MiB | seconds |\n|---|---|---|---|---|")
        for name, (ending, make) in KINDS.items():
            for size in (64 << 10, MIB, 4 * MIB, 16 * MIB - 1024):
                path = Path(folder) / f"document{ending}"
                path.write_text(make(rng, size))
                given = path.stat().st_size
                most, seconds = peak(readout, path)
                more, bound = max(most - base, 0), 64 * MIB + 8 * given
                bad += more > bound
                mark = "" if more <= bound else " **over**"
                print(f"| {name} | {given / MIB:.2f} | {more / MIB:.0f}{mark} | {bound / MIB:.0f} | {seconds:.1f} |", flush=True)
    return bad


def endless(rng):
    """A line: mostly a report of some hundred words, now and then something that does harm."""
    n = 0
    while True:
        n += 1
        kind = rng.random()
        text = news(rng, int(rng.lognormvariate(7.3, 0.7)))
        if kind < 0.01:
            yield b'{"id": "broken", "text": ' + os.urandom(rng.randrange(2000)).replace(b"\n", b" ")
            continue
        if kind < 0.02:
            text = rng.choice(["a", '"', ". ", "Peru and ", "\u202e\u200b", "<ul>"]) * rng.randrange(1, 100_000)
        day = f"2019-{rng.randrange(1, 13):02}-{rng.randrange(1, 28):02}"
        record = {"id": str(n), "published": day, "publisher": f"Paper {n % 40}", "text": text}
        yield json.dumps(record).encode()


def feed(child, end, count):
    lines = endless(random.Random(11))
    try:
        while time.monotonic() < end:
            child.stdin.write(next(lines) + b"\n")
            count[0] += 1
        child.stdin.close()
    except BrokenPipeError:
        pass


def held(pid):
    """Bytes of memory that are the process's own, not the file system's that it has mapped."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return None


def soak(readout, minutes, command):
    samples, count = [], [0]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "soak.db"
        into = ["add", store, "--read", "all"] if command == "add" else ["code"]
        child = subprocess.Popen([readout, *into, "--quiet", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        begin = time.monotonic()
        end = begin + minutes * 60
        threading.Thread(target=feed, args=(child, end, count), daemon=True).start()
        while time.monotonic() < end and child.poll() is None:
            now = held(child.pid)
            if now is not None:
                samples.append((time.monotonic() - begin, now))
                if len(samples) % 60 == 0:
                    print(f"{len(samples) // 60} min: {count[0]} documents, {now / MIB:.1f} MiB", file=sys.stderr, flush=True)
            time.sleep(1)
        assert child.wait() in (0, 2), f"exit code {child.returncode}"
        size = store.stat().st_size if store.exists() else 0
    # The first quarter is for caches to fill.
    parts = [[held for at, held in samples if q <= 4 * at / (minutes * 60) < q + 1] for q in range(4)]
    means = [sum(part) / max(len(part), 1) / MIB for part in parts]
    print(f"{count[0]} documents in {minutes:g} minutes, {count[0] / minutes / 60:.0f} a second; store {size / MIB:.0f} MiB")
    print("memory held, MiB, mean of each quarter: " + ", ".join(f"{mean:.1f}" for mean in means))
    print(f"most: {max(held for _, held in samples) / MIB:.1f} MiB")
    grown = means[3] - means[1]
    print(f"grown from the second quarter to the last: {grown:+.1f} MiB, {grown * 1024 / max(count[0] / 2000, 1):+.0f} KiB "
          "a thousand documents")
    return int(grown > 0.05 * means[1])


def main():
    readout, what = sys.argv[1:3]
    sys.exit(bool(one(readout) if what == "one" else soak(readout, float(sys.argv[3]), *(sys.argv[4:] or ["add"]))))


if __name__ == "__main__":
    main()
