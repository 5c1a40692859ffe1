#!/usr/bin/env python3
"""Count the events coded where no politics happens: `scripts/quiet.py [--show N | --unjudged]`.

Reads, from the folder `shared` beside the repository, Reuters reports of 1987 on firms (a ticker in the headline) and on
markets (a commodity, a currency or securities in the headline, no state, no minister), and those genres of GUM that tell
of lives, travel, hobbies, lessons and talk at home. Prints events in 100 sentences of each group; there should be at most 2.

Politics enters such texts too: quota accords, sanctions, the wars in a life. Each event was therefore judged by reading its
sentence, and `quiet_verdicts.tsv` beside this script keeps the verdicts: document, start of the trigger in bytes, type, and
`act` (an act between parties, whatever its details) or `none`. Events without a verdict count as false until they have one.
`--show N` prints N of the events of each group, evenly spread, to find what is wrong; `--unjudged` all those without a
verdict. Standard library only; runs target/release/readout, or the program that the environment variable READOUT names.
"""
import argparse
import collections
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
VERDICTS = Path(__file__).with_name("quiet_verdicts.tsv")
READOUT = os.environ.get("READOUT", str(ROOT / "target/release/readout"))
# Wikinews on exhibitions, browsers, football, space: no politics in them.
QUIET_NEWS = ("clock", "crane", "expo", "ie9", "lanterns", "soccer", "warhol", "nasa", "homeopathic")
GENRES = ("bio", "conversation", "textbook", "vlog", "voyage")
TICKER = re.compile(r"<[A-Z0-9.]+>")
MARKET = re.compile(r"\b(FUTURES|BONDS?|NOTES|STOCKS|SHARES|COCOA|COFFEE|SUGAR|WHEAT|CORN|SOYBEANS?|GRAINS?|COTTON|COPPER|GOLD|SILVER|"
                    r"TIN|ZINC|LIVESTOCK|CATTLE|HOGS?|MONEY MARKET|EUROBOND|TREASURY|DOLLAR|YEN|PRICES?|RATES?|SPOT|CRUDE|CROP)\b")
STATE = re.compile(r"\b(U\.?S\.?|UK|EC|USSR|JAPAN|FED|MINISTER|PRESIDENT|REAGAN|GOVERNMENT|GOVT|CONGRESS|SENATE|HOUSE|BILL|TRADE|OPEC|G-\d|"
                    r"TALKS|TARIFFS?|SANCTIONS?|STRIKE|BAKER|VOLCKER)\b")


def reuters(most):
    """Reports on firms and on markets, spread evenly over the year, at most so many of each."""
    found = collections.defaultdict(list)
    with gzip.open(SHARED / "text/reuters21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            title = (report.get("title") or "").replace("&lt;", "<")
            if TICKER.search(title):
                found["firms"].append(report)
            elif MARKET.search(title) and not STATE.search(title):
                found["markets"].append(report)
    return {group: all_[:: max(1, len(all_) // most)][:most] for group, all_ in found.items()}


def gum():
    """Documents of the quiet genres, sentences as the treebank splits them."""
    found = collections.defaultdict(list)
    for part in ("train", "dev", "test"):
        with gzip.open(SHARED / f"ud/en_gum-{part}.conllu.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc id = "):
                    name = line.split(" = ")[1].strip()
                    genre, document = name.split("_")[1], {"id": name, "sentences": []}
                    if genre in GENRES or (genre == "news" and name.split("_")[2] in QUIET_NEWS):
                        found[f"GUM {genre}"].append(document)
                elif line.startswith("# text = "):
                    document["sentences"].append(line.split(" = ", 1)[1].strip())
    return found


def verdicts():
    """Whether an event is an act of politics, by document, start of its trigger and type."""
    lines = VERDICTS.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(document, int(start), kind): verdict == "act" for document, start, kind, verdict in cells}


def key(record, event):
    """What `verdicts` knows an event by."""
    return record["id"], event["span"][0], event["type"]


def shown(group, record, event, judged):
    """An event for people: its key, verdict, parties and sentence."""
    side = lambda parties: ",".join(p["code"] for p in parties) or "-"
    text = " ".join(record["sentences"][event["sent"]]["text"].split())
    verdict = {True: "act", False: "none", None: "?"}[judged.get(key(record, event))]
    known = "\t".join(map(str, (*key(record, event), verdict)))
    acts = f"{side(event['actor'])} {event['type']} {side(event['recipient'])} “{event['trigger']}” {event['status']} [{event['rule']}]"
    return f"{known}\t{group}: {acts}\n    {text}"


def coded(documents):
    """Records of documents, with their text."""
    lines = "".join(json.dumps(d) + "\n" for d in documents)
    done = subprocess.run([READOUT, "code", "-", "--with-text", "--quiet"], input=lines, text=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--show", type=int, default=0, metavar="N", help="print N events of each group")
    arguments.add_argument("--unjudged", action="store_true", help="print all events that have no verdict")
    arguments.add_argument("--most", type=int, default=400, metavar="N", help="reports of each Reuters group (default 400)")
    options = arguments.parse_args()
    if not SHARED.exists():
        sys.exit("scripts/quiet.py: no folder `shared` beside the repository: nothing to measure against")
    judged, lines = verdicts(), []
    print("| group | documents | sentences | events | in 100 sentences | false events | in 100 sentences |\n|---|---|---|---|---|---|---|")
    for group, documents in {**reuters(options.most), **dict(sorted(gum().items()))}.items():
        records = coded(documents)
        sentences = sum(len(r["sentences"]) for r in records)
        events = [(r, e) for r in records for e in r["events"]]
        false = [pair for pair in events if not judged.get(key(*pair))]
        share = lambda found: f"{100 * len(found) / max(1, sentences):.1f}"
        print(f"| {group} | {len(records)} | {sentences} | {len(events)} | {share(events)} | {len(false)} | {share(false)} |", flush=True)
        picked = events[:: max(1, len(events) // max(1, options.show))][: options.show]
        if options.unjudged:
            picked = [pair for pair in events if key(*pair) not in judged]
        lines += [shown(group, *pair, judged) for pair in picked]
    print("\n" + "\n".join(lines) if lines else "", end="\n" if lines else "")


if __name__ == "__main__":
    main()
