#!/usr/bin/env python3
"""Count the events coded where no politics happens: `scripts/quiet.py [--show N]`.

Reads, from the folder `shared` beside the repository, Reuters reports of 1987 on firms (a ticker in the headline) and on
markets (a commodity, a currency or securities in the headline, no state, no minister), and those genres of GUM that tell
of lives, travel, hobbies, lessons and talk at home. Prints events in 100 sentences of each group; there should be at most 2.
`--show N` prints N of the events of each group, evenly spread, to find what is wrong. Standard library only; runs
target/release/readout, or the program that the environment variable READOUT names.
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


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--show", type=int, default=0, metavar="N", help="print N events of each group")
    arguments.add_argument("--most", type=int, default=400, metavar="N", help="reports of each Reuters group (default 400)")
    options = arguments.parse_args()
    if not SHARED.exists():
        sys.exit("scripts/quiet.py: no folder `shared` beside the repository: nothing to measure against")
    print("| group | documents | sentences | events | in 100 sentences |\n|---|---|---|---|---|")
    shown = []
    for group, documents in {**reuters(options.most), **dict(sorted(gum().items()))}.items():
        lines = "".join(json.dumps(d) + "\n" for d in documents)
        done = subprocess.run([READOUT, "code", "-", "--with-text", "--quiet"], input=lines, text=True, capture_output=True)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        sentences = sum(len(r["sentences"]) for r in records)
        events = [(r, e) for r in records for e in r["events"]]
        print(f"| {group} | {len(records)} | {sentences} | {len(events)} | {100 * len(events) / max(1, sentences):.1f} |", flush=True)
        for record, e in events[:: max(1, len(events) // max(1, options.show))][: options.show]:
            side = lambda parties: ",".join(p["code"] for p in parties) or "-"
            text = " ".join(record["sentences"][e["sent"]]["text"].split())
            shown.append(f"{group}: {side(e['actor'])} {e['type']} {side(e['recipient'])} “{e['trigger']}” [{e['rule']}]\n    {text}")
    print("\n" + "\n".join(shown) if shown else "", end="\n" if shown else "")


if __name__ == "__main__":
    main()
