#!/usr/bin/env python3
"""Keep the README's example true: `scripts/readme.py` checks it, `scripts/readme.py --write` mends it.

The block between the two marks is a sentence and what `readout` makes of it. Standard library only; runs the
development build (`cargo build -p readout-cli`), or the program that the environment variable READOUT names.
"""
import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- example: scripts/readme.py -->\n", "<!-- end of example -->"
SENTENCE = ("The Ugandan foreign minister said Rwanda and Tanzania had met in Nairobi on Monday and condemned a raid by "
            "Burundian troops, Kenya's state news agency reported.")
OPTIONS = ["--published", "2019-02-26", "--publisher", "Example News Agency", "--format", "table", "--color", "never"]


def coded():
    """What the program prints for the sentence: the sentence marked up, then its events."""
    readout = [os.environ["READOUT"]] if "READOUT" in os.environ else ["cargo", "run", "--quiet", "--locked", "-p", "readout-cli", "--"]
    run = subprocess.run([*readout, "code", "-", *OPTIONS], input=SENTENCE, text=True, capture_output=True, cwd=ROOT)
    if run.returncode:
        sys.exit(f"readout ended with {run.returncode}:\n{run.stderr}")
    lines = run.stdout.splitlines()
    events = next(i for i, line in enumerate(lines) if line.startswith("       "))  # events stand seven columns in
    return textwrap.dedent("\n".join(lines[events:])).strip()


def main():
    readme = ROOT / "README.md"
    page = readme.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    _, mark, after = rest.partition(END)
    if not mark:
        sys.exit("README.md: the marks around the example are missing")
    quoted = "\n".join(f"> {line}" for line in textwrap.wrap(SENTENCE, 116))
    wanted = f"{before}{START}{quoted}\n\n```\n{coded()}\n```\n{END}{after}"
    if wanted == page:
        print("README.md shows what the program gives")
    elif "--write" in sys.argv[1:]:
        readme.write_text(wanted, encoding="utf-8")
        print("README.md mended")
    else:
        sys.exit("README.md: its example is not what the program gives now; look at both, then run scripts/readme.py --write")


if __name__ == "__main__":
    main()
