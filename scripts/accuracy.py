#!/usr/bin/env python3
"""Print every figure of docs/accuracy.md: `scripts/accuracy.py` prints them, `--write` puts them into the page.

    cargo build --release -p readout-cli && scripts/accuracy.py [--write] [--only NAME …]

Each block of the page between `<!-- figures: NAME -->` and `<!-- end of figures -->` is what the part of that NAME prints
here. Needs the folder `shared` with gold and treebanks beside the repository. Standard library only; runs
target/release/readout, or the program that the environment variable READOUT names.
"""
import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end of figures -->)", re.S)
READOUT = os.environ.get("READOUT", str(ROOT / "target/release/readout"))
GOLD = ["events_dev", "events_dev_modern"]


def run(*command):
    """What a command prints."""
    done = subprocess.run(command, text=True, capture_output=True, cwd=ROOT)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def evaluated(*arguments):
    """The scores of `readout eval`."""
    return json.loads(run(READOUT, "eval", *arguments, "--format", "json"))


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def events():
    """Acts, parties, speakers, attributions on the two sets of reports."""
    rows = []
    for name in GOLD:
        s = evaluated(str(SHARED / f"gold/{name}.jsonl"))
        e, a = s["events"], s["attributions"]
        cells = [e[k]["f1"] for k in ("act", "dyad", "full", "said")]
        cells += [a[k]["f1"] for k in ("relation", "content_tokens", "source", "cue")]
        rows.append([f"`{name}`", s["documents"], s["gold_events"], s["predicted_events"], *cells])
    head = ["set", "documents", "gold events", "coded", "act", "dyad", "full", "said", "attribution", "content", "source", "cue"]
    return table(head, rows)


def reliability():
    """Confidence against truth."""
    paths = [str(SHARED / f"gold/{name}.jsonl") for name in GOLD]
    shown = run(READOUT, "eval", *paths, "--reliability", "--color", "never")
    return "```\n" + shown[shown.index("confidence "):].rstrip() + "\n```"


def polnear():
    """Attribution relations on PolNeAR, development part."""
    s = evaluated(str(SHARED / "gold/polnear_dev.jsonl.gz"))
    names = {"source.exact": "source, exact", "cue.exact": "cue, exact", "content.exact": "content, exact",
             "rel_05": "whole relation at half overlap", "detect": "relation found"}
    rows = [[name, *(f"{s[key][k]:.1f}" for k in ("P", "R", "F1"))] for key, name in names.items()]
    return table(["measure", "P", "R", "F1"], rows)


def relations():
    """Types of relation between two marked parties."""
    rows = []
    for name, path in (("`relations_dev`", "gold/relations_dev.jsonl"),
                       ("PLOVER's gold standard records", "reference/plover_gold_standard_records.json")):
        s = evaluated(str(SHARED / path))
        scores = [f"{s[level]['macro_f1']:.1f}" for level in ("binary", "quad", "root")]
        rows.append([name, s["pairs"], *scores, f"{s['root']['accuracy']:.1f}"])
    return table(["set", "pairs", "binary", "quad", "root", "accuracy (root)"], rows)


def quiet():
    """Events where no politics happens."""
    return run("python3", "scripts/quiet.py").strip()


def examples():
    """How many of the codebook's own examples come out."""
    found = subprocess.run([READOUT, "codebook", "check"], text=True, capture_output=True).stdout
    ran, failed = map(int, re.search(r"(\d+) examples? run, (\d+) failed", found).groups())
    return f"{ran} examples run, {failed} do not come out: {100 * (ran - failed) / ran:.1f} % do."


def reader():
    """Tags, trees, names on the treebanks."""
    shown = run("cargo", "run", "--quiet", "--release", "--locked", "-p", "readout-syntax", "--example", "score_ud", "--", str(SHARED / "ud"))
    # How fast it reads is no figure of accuracy, and another one on each machine.
    kept = [line for line in shown.rstrip().splitlines() if "words a second" not in line]
    return "\n".join(["```", *kept, "```"])


PARTS = {part.__name__: part for part in (events, polnear, relations, quiet, reliability, examples, reader)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", action="store_true", help="put the figures into docs/accuracy.md")
    arguments.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts alone")
    options = arguments.parse_args()
    if not SHARED.exists():
        sys.exit("scripts/accuracy.py: no folder `shared` with gold beside the repository: nothing to measure against")
    figures = {}
    for name in options.only:
        figures[name] = PARTS[name]()
        print(f"## {name}: {PARTS[name].__doc__}\n\n{figures[name]}\n", flush=True)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        fill = lambda m: m[1] + figures.get(m[2], m[0][len(m[1]):-len(m[3])].rstrip("\n")) + "\n" + m[3]
        PAGE.write_text(BLOCK.sub(fill, page), encoding="utf-8")


if __name__ == "__main__":
    main()
