#!/usr/bin/env python3
"""How fast the explorer answers: `explorer.py READOUT STORE [--rate 200] [--clients 64] [--seconds 30]`. A large store is made
by many.py.

First one request after another, for the time of each kind alone; then clients that ask at a constant rate, whether or not
answers come (an open loop: an answer's time counts from when its request was due, so a slow server cannot slow its clients
down and look fast). Most addresses are new, so that kept answers help as little as they do among readers who choose for
themselves. Prints times and the server's CPU seconds; exits with 1 where a request failed."""
import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from urllib.parse import urlencode

FACETS = ["type", "status", "actor", "recipient", "dyad", "speaker", "publisher", "place"]
WORDS = ["talks", "oil", "minister", "agreement", "trade", "border", "attack", "officials", "dollar", "imports", "port", "ships"]
# Of a hundred requests.
MIX = {"first page": 20, "facets": 40, "words": 10, "next page": 10, "report": 20}
ALONE = 60


class Addresses:
    """Addresses of each kind, made from what the store holds; the same in every run."""

    def __init__(self, base, seed=20):
        self.dice = random.Random(seed)
        found = json.load(urllib.request.urlopen(f"{base}/search.json?rows=1000&order=oldest"))
        self.reports = sorted({event["report"]["key"] for event in found["events"]})
        self.values = {facet: [c["value"] for c in found["facets"][facet] if c["value"]][:60] for facet in FACETS}

    def make(self, kind):
        return {"first page": lambda: "/", "report": lambda: f"/reports/{self.dice.choice(self.reports)}",
                "facets": lambda: self.search(), "words": lambda: self.search(q=self.words()),
                "next page": lambda: self.search(page=self.dice.randint(2, 40))}[kind]()

    def words(self):
        return self.dice.choice(WORDS) + self.dice.choice(["", f" {self.dice.choice(WORDS)}", f" OR {self.dice.choice(WORDS)}"])

    def search(self, **more):
        chosen = {}
        for facet in self.dice.sample(FACETS, self.dice.choice([1, 1, 1, 2, 2, 3])):
            values = self.values[facet]
            few = self.dice.sample(values[:20], 1 if facet == "dyad" else min(len(values), self.dice.choice([1, 1, 2])))
            chosen[facet] = few
        if self.dice.random() < 0.3:
            year = self.dice.randint(1990, 2015)
            chosen |= {"from": f"{year}-01-01", "to": f"{year + self.dice.randint(1, 9)}-12-31"}
        return "/search?" + urlencode(chosen | more, doseq=True)

    def mixed(self):
        return next(kind for kind in self.dice.choices(list(MIX), list(MIX.values())))


class Client:
    """One connection that is kept open."""

    def __init__(self, port):
        self.port, self.open = port, None

    async def get(self, path):
        if self.open is None:
            self.open = await asyncio.open_connection("127.0.0.1", self.port)
        read, write = self.open
        write.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await read.readuntil(b"\r\n\r\n")).decode()
        length = int(re.search(r"content-length: (\d+)", head, re.I)[1])
        await read.readexactly(length)
        return int(head.split(" ", 2)[1]), length


def cpu(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) // 1024


def line(name, times, more=""):
    times = sorted(times)
    at = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
    print(f"{name:12} {len(times):6} p50 {at(0.5):7.1f}  p95 {at(0.95):7.1f}  p99 {at(0.99):7.1f}  most {at(1):7.1f} ms{more}", flush=True)


async def alone(port, process, addresses):
    client = Client(port)
    print("one after another:")
    for kind in MIX:
        times, before, weight = [], cpu(process), 0
        for _ in range(ALONE):
            path, began = addresses.make(kind), time.monotonic()
            status, length = await client.get(path)
            times.append(time.monotonic() - began)
            weight = max(weight, length)
            assert status == 200, f"{path}: {status}"
        line(kind, times, f"  CPU {1000 * (cpu(process) - before) / ALONE:.1f} ms each, {weight / 1024:.0f} kB at most")


async def load(port, process, addresses, rate, clients, seconds):
    idle, times, faults = asyncio.Queue(), defaultdict(list), defaultdict(int)
    for _ in range(clients):
        idle.put_nowait(Client(port))

    async def ask(kind, path, due):
        client = await idle.get()
        try:
            status, _ = await client.get(path)
            if status != 200:
                faults[f"status {status}"] += 1
            times[kind].append(time.monotonic() - due)
        except (OSError, asyncio.IncompleteReadError) as error:
            faults[type(error).__name__] += 1
            client = Client(port)
        idle.put_nowait(client)

    kinds = [addresses.mixed() for _ in range(int(rate * seconds))]
    paths = [addresses.make(kind) for kind in kinds]
    before, began, tasks = cpu(process), time.monotonic(), []
    for i, (kind, path) in enumerate(zip(kinds, paths)):
        due = began + i / rate
        if due > (now := time.monotonic()):
            await asyncio.sleep(due - now)
        tasks.append(asyncio.create_task(ask(kind, path, due)))
    await asyncio.gather(*tasks)
    took, used = time.monotonic() - began, cpu(process) - before
    print(f"{clients} clients, {rate} requests a second, {len(set(paths))} addresses among {len(paths)} requests:")
    for kind in MIX:
        line(kind, times[kind])
    line("all", [t for kind in times.values() for t in kind])
    print(f"took {took:.1f} s, CPU {used:.1f} s ({1000 * used / len(paths):.1f} ms a request), faults: {dict(faults) or 'none'}")
    return not faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument("readout")
    options.add_argument("store")
    options.add_argument("--rate", type=float, default=200)
    options.add_argument("--clients", type=int, default=64)
    options.add_argument("--seconds", type=float, default=30)
    options = options.parse_args()
    began = time.monotonic()
    process = subprocess.Popen([options.readout, "serve", options.store, "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        said = next(said for said in process.stderr if " open " in said)
        port = int(re.search(r":(\d+)/ ", said)[1])
        print(f"open after {time.monotonic() - began:.1f} s, {resident(process)} MiB; other work on the machine: load {os.getloadavg()[0]:.1f}")
        addresses = Addresses(f"http://127.0.0.1:{port}")
        asyncio.run(alone(port, process, addresses))
        held = asyncio.run(load(port, process, addresses, options.rate, options.clients, options.seconds))
        print(f"memory afterwards {resident(process)} MiB")
    finally:
        process.terminate()
        process.wait()
    sys.exit(not held)


if __name__ == "__main__":
    main()
