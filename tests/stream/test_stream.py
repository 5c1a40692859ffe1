#!/usr/bin/env python3
"""`readout stream` against a real server: `test_stream.py READOUT`.

Each document has exactly one outcome, in the output stream and in the store, whatever is killed, and both are by hash what an
uninterrupted run leaves.
"""
import asyncio
import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections import Counter
from pathlib import Path

import nats
from nats.js.api import StreamConfig
from nats.js.errors import NotFoundError

sys.path.insert(0, str(Path(__file__).resolve().parent))
from news import Server, documents  # noqa: E402

READOUT = sys.argv.pop(1) if len(sys.argv) > 1 else "target/debug/readout"
KILLS = 30
WAIT = "1"  # seconds until the server gives out again what a killed worker had


class Streams(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)  # waiting for a program is no fault
        self.server = Server()
        self.addCleanup(self.server.close)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        await self.connect()
        self.workers = []
        self.addCleanup(self.end)

    async def connect(self):
        self.client = await nats.connect(self.server.url)
        self.addAsyncCleanup(self.client.close)
        self.streams = self.client.jetstream()

    def end(self):
        for worker in self.workers:
            worker.kill()
            worker.wait()

    async def send(self, given, name="reports"):
        await self.streams.add_stream(StreamConfig(name=name, subjects=[name]))
        for payload in given:
            headers = {"Content-Type": "text/plain"} if not payload.startswith(b"{") and not payload.startswith(b"[") else None
            await self.streams.publish(name, payload, headers=headers)

    def command(self, *options, source="reports", target="events", subject=None):
        subject = subject or f"readout.{target}"
        to = ["--to", target, "--subject", subject] if target else []
        return [READOUT, "stream", "--server", self.server.url, "--from", source, *to, "--create", "--ack-wait", WAIT, *options]

    def start(self, *options, **names):
        worker = subprocess.Popen(self.command("--log-json", *options, **names), stderr=subprocess.PIPE, text=True)
        self.workers.append(worker)
        return worker

    def run_out(self, *options, **names):
        """Runs until the stream is empty; what it says of itself at the end."""
        done = subprocess.run(self.command("--until-empty", "--log-json", *options, **names), stderr=subprocess.PIPE, text=True, timeout=300)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return json.loads(done.stderr.splitlines()[-1])

    async def results(self, name="events"):
        """All messages of a stream: subject, identifier, payload."""
        info = (await self.streams.stream_info(name)).state
        out = []
        for sequence in range(info.first_seq, info.last_seq + 1) if info.messages else []:
            message = await self.streams.get_msg(name, sequence)
            out.append((message.subject, message.headers["Nats-Msg-Id"], message.data))
        return out

    async def summed(self, name="events"):
        """A hash of what a stream holds, in whatever order, and that nothing is there twice."""
        results = await self.results(name)
        twice = [n for n in Counter(identifier for _, identifier, _ in results).values() if n > 1]
        self.assertEqual(twice, [], "published twice")
        found = hashlib.sha256()
        for subject, identifier, data in sorted((s.replace(name, "*"), i, d) for s, i, d in results):
            found.update(f"{subject} {identifier} ".encode() + data + b"\n")
        return len(results), found.hexdigest()

    async def grown(self, name, by):
        """Waits until a stream holds so many messages more, or some seconds, where fewer are left."""
        count = lambda: self.streams.stream_info(name)
        wanted, end = (await count()).state.messages + by, time.monotonic() + 5
        while (await count()).state.messages < wanted and time.monotonic() < end:
            await asyncio.sleep(0.01)

    def store(self, name):
        return str(Path(self.folder.name) / name)

    def checked(self, store):
        return subprocess.run([READOUT, "check", store], capture_output=True, text=True, check=True).stdout.splitlines()[-1]

    async def test_every_document_has_one_result_the_one_of_readout_code(self):
        given = documents(40)
        odd = [b"{\"id\": \"no text\"}", b"{broken", b"[]", b"", b"Norway and Finland signed a treaty in Oslo on Friday."]
        await self.send([*given, *given[:5], *odd[:3], *odd[4:]])
        store = self.store("news.db")
        said = self.run_out("--store", store)
        self.assertEqual((said["documents"], said["again"], said["rejected"]), (46, 5, 3))
        results = await self.results()
        records = {json.loads(data)["id"]: data for subject, _, data in results if subject == "readout.events"}
        coded = subprocess.run([READOUT, "code", "-", "--read", "likely", "--format", "jsonl"], input=b"\n".join(given), capture_output=True, check=True)
        for line in coded.stdout.splitlines():
            self.assertEqual(records[json.loads(line)["id"]], line)
        self.assertEqual(len(records), 41)
        rejected = [json.loads(data) for subject, _, data in results if subject == "readout.events.rejected"]
        self.assertEqual(sorted(r["sequence"] for r in rejected), [46, 47, 48])
        self.assertTrue(all(r["reason"] and r["hint"] for r in rejected))
        outcomes = subprocess.run([READOUT, "query", store, "--sql", "SELECT count(*), sum(document IS NULL) FROM outcomes", "--format", "csv"], capture_output=True, text=True)
        self.assertIn("49,3", outcomes.stdout)
        # Again, under another name: the stream has it all.
        again = self.run_out("--durable", "other")
        self.assertEqual((again["documents"], again["again"]), (46, 46))
        self.assertEqual(len(await self.results()), len(results))

    async def test_each_event_can_be_a_message(self):
        await self.send(documents(10))
        said = self.run_out("--each", "event")
        records = [(identifier, json.loads(data)) for _, identifier, data in await self.results()]
        self.assertEqual(len(records), said["events"])
        self.assertTrue(all([e["id"] for e in record["events"]] == [identifier] for identifier, record in records))

    async def test_killed_at_any_moment_nothing_is_lost_and_nothing_twice(self):
        await self.send(documents(300, sentences=20))
        whole, killed = self.store("whole.db"), self.store("killed.db")
        self.run_out("--store", whole, target="whole")
        rng, died = random.Random(7), 0
        for _ in range(KILLS):
            worker = subprocess.Popen(self.command("--store", killed, "--threads", "1", "--durable", "killed", target="killed"), stderr=subprocess.PIPE)
            worker.stderr.readline()  # it waits for documents
            await self.grown("killed", rng.randint(0, 20))
            time.sleep(rng.uniform(0.0, 0.1))
            worker.kill()
            died += worker.wait() == -signal.SIGKILL
            worker.stderr.close()
        info = await self.streams.consumer_info("reports", "killed")
        print(f"killed {died} times; {info.num_pending + info.num_ack_pending} of 300 were left", file=sys.stderr)
        self.assertEqual(died, KILLS)
        self.run_out("--store", killed, "--durable", "killed", target="killed")
        self.assertEqual(await self.summed("killed"), await self.summed("whole"))
        self.assertEqual(self.checked(killed), self.checked(whole))

    async def test_the_server_may_be_killed(self):
        await self.send(documents(200, sentences=20))
        whole, store = self.store("whole.db"), self.store("killed.db")
        self.run_out("--store", whole, target="whole")
        await self.client.close()
        worker = self.start("--store", store, "--threads", "1", "--until-empty", "--durable", "killed", target="killed")
        worker.stderr.readline()
        for _ in range(3):
            time.sleep(0.5)
            self.server.kill()
            time.sleep(0.5)
            self.server.start()
        said = worker.communicate(timeout=120)[1]
        self.assertEqual(worker.returncode, 0, said)
        self.assertIn('"lost"', said)
        await self.connect()
        self.assertEqual(await self.summed("killed"), await self.summed("whole"))
        self.assertEqual(self.checked(store), self.checked(whole))

    async def test_workers_share_the_work(self):
        await self.send(documents(200, sentences=20))
        workers = [self.start("--until-empty", "--threads", "1") for _ in range(2)]
        said = [json.loads(worker.communicate(timeout=120)[1].splitlines()[-1]) for worker in workers]
        self.assertEqual([worker.returncode for worker in workers], [0, 0])
        self.assertTrue(all(each["documents"] > 20 for each in said), said)
        count, _ = await self.summed()
        self.assertEqual(count, 200)

    async def test_a_document_that_kills_its_process_is_rejected(self):
        await self.send([*documents(1, sentences=4000), *documents(5, seed=2)])
        for _ in range(2):
            worker = self.start()
            await self.in_hand()
            time.sleep(0.2)
            worker.kill()
            worker.wait()
            time.sleep(float(WAIT) + 0.5)
        worker = self.start()
        # Now another process tries it first; that one dies.
        began = time.monotonic()
        while not any(json.loads(data).get("sequence") == 1 for _, _, data in await self.results()) and time.monotonic() - began < 60:
            for child in Path(f"/proc/{worker.pid}/task").glob("*/children"):
                for pid in child.read_text().split():
                    subprocess.run(["kill", "-KILL", pid], check=False, stderr=subprocess.DEVNULL)
            time.sleep(0.01)
        worker.terminate()
        self.assertEqual(worker.wait(30), 0)
        self.run_out()
        results = await self.results()
        rejected = [json.loads(data) for subject, _, data in results if subject.endswith("rejected")]
        self.assertIn(1, [r["sequence"] for r in rejected])
        self.assertIn("died", [r["reason"] for r in rejected if r["sequence"] == 1][0])
        self.assertEqual(len(results), 6)

    async def in_hand(self):
        """Waits until a worker has something in hand."""
        for _ in range(1000):
            try:
                if (await self.streams.consumer_info("reports", "readout")).num_ack_pending > 0:
                    return
            except NotFoundError:
                pass
            time.sleep(0.02)
        self.fail("no worker takes anything")

    async def test_the_end_finishes_what_is_in_hand(self):
        await self.send(documents(300, sentences=20))
        for sign in (signal.SIGTERM, signal.SIGINT):
            worker = self.start()
            worker.stderr.readline()
            time.sleep(0.5)
            worker.send_signal(sign)
            said = worker.communicate(timeout=30)[1]
            self.assertEqual(worker.returncode, 0, said)
            self.assertEqual(json.loads(said.splitlines()[-1])["left"], 0)
        self.run_out()
        self.assertEqual((await self.summed())[0], 300)

    async def test_trouble_is_told_with_a_hint(self):
        await self.send(documents(1))
        failing = [
            (["--server", "nats://127.0.0.1:1"], "no NATS server answers at 127.0.0.1:1", "nats-server -js"),
            (["--from", "nothing"], "there is no stream `nothing`", "--create"),
            (["--to", "nowhere"], "there is no stream `nowhere`", "--create"),
            (["--to", "reports"], "does not take the subject `readout.events`", "--subject"),
        ]
        plain = [READOUT, "stream", "--server", self.server.url, "--from", "reports", "--to", "reports"]
        for options, what, hint in failing:
            for name, value in zip(options[::2], options[1::2]):
                command = list(plain)
                command[command.index(name) + 1] = value
            done = subprocess.run(command, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2)
            self.assertIn(what, done.stderr)
            self.assertIn(hint, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
