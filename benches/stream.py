#!/usr/bin/env python3
"""How long from a document to its events: `scripts/stream benches/stream.py READOUT [SECONDS [RATE [SENTENCES]]]`.

Starts a server and a worker, publishes RATE invented documents a second (20) of SENTENCES sentences (12) for SECONDS (30), and
prints p50, p95 and the longest time from publishing a document until its record is there, in milliseconds.
"""
import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import nats
from nats.js.api import StreamConfig

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/stream"))
from news import Server, documents  # noqa: E402


async def measure(server, readout, options, given, rate):
    client = await nats.connect(server.url)
    streams = client.jetstream()
    await streams.add_stream(StreamConfig(name="reports", subjects=["reports"]))
    command = [readout, "stream", "--server", server.url, "--from", "reports", "--to", "events", "--create", *options]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE)
    worker.stderr.readline()  # it waits for documents
    due, there = {}, {}

    async def come(message):
        there[json.loads(message.data)["id"]] = time.monotonic()

    await client.subscribe("readout.events", cb=come)
    began = time.monotonic()
    for i, payload in enumerate(given):
        at = began + i / rate
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        due[json.loads(payload)["id"]] = at  # counts from when it was due, also where the publisher is late
        asyncio.ensure_future(streams.publish("reports", payload))
    for _ in range(600):
        if len(there) == len(given):
            break
        await asyncio.sleep(0.1)
    worker.terminate()
    worker.wait()
    await client.close()
    return sorted(1000 * (there[name] - at) for name, at in due.items() if name in there)


def main():
    readout = sys.argv[1]
    seconds, rate, sentences = numbers(sys.argv[2:5])
    given = documents(seconds * rate, sentences)
    words = sum(len(json.loads(payload)["text"].split()) for payload in given)
    for options in ([], ["--read", "all"]):
        server = Server()
        try:
            times = asyncio.run(measure(server, readout, options, given, rate))
        finally:
            server.close()
        at = lambda share: times[min(len(times) - 1, int(share * len(times)))]
        print(f"{' '.join(options) or '--read likely'}: {len(times)} of {len(given)} documents of {words / len(given):.0f} words, "
              f"{rate} a second: p50 {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms, longest {times[-1]:.0f} ms")


def numbers(given):
    defaults = [30, 20, 12]
    return [int(value) for value in given] + defaults[len(given):]


if __name__ == "__main__":
    main()
