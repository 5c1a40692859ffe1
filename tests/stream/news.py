"""Invented news, as much as is asked for, and a server to send it through."""
import json
import random
import shutil
import socket
import subprocess
import tempfile
import time

SIDES = ["Peru", "Chile", "Kenya", "Uganda", "Norway", "Finland", "Vietnam", "Laos", "Ghana", "Togo", "Bolivia", "Mongolia"]
PLACES = ["Lima", "Nairobi", "Oslo", "Hanoi", "Accra", "Helsinki", "Santiago", "Kampala"]
SENTENCES = [
    "{a} and {b} signed a trade agreement in {p} on Monday.",
    "The foreign minister of {a} met the president of {b} in {p}, the state news agency said.",
    "{a} condemned the arrest of three fishermen by {b}.",
    "Police in {p} arrested {n} people who had protested against the government of {b}.",
    "The government of {a} refused to withdraw its troops from the border with {b}, officials said.",
    "{a} will send food and medicine to {b}, a spokesman told reporters.",
    "The harvest around {p} was better than in the {n} years before.",
    "\"We have not closed the border,\" the interior minister of {b} said.",
    "Rebels attacked a convoy near {p} and killed {n} soldiers, {a}'s army said.",
    "Parents in {p} waited for the school year to begin.",
]


def document(rng, name, sentences=8):
    """A report as JSON Lines have it."""
    def sentence():
        a, b = rng.sample(SIDES, 2)
        return rng.choice(SENTENCES).format(a=a, b=b, p=rng.choice(PLACES), n=rng.randint(3, 90))
    text = " ".join(sentence() for _ in range(sentences))
    return {"id": name, "text": text, "published": "2026-03-14", "publisher": "Example News Agency"}


def documents(count, sentences=8, seed=1):
    rng = random.Random(seed)
    return [json.dumps(document(rng, f"report-{i:05}", sentences)).encode() for i in range(count)]


class Server:
    """nats-server with JetStream in a folder of its own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="readout-nats-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"nats://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        command = ["nats-server", "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", self.folder]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("nats-server does not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
