#!/usr/bin/env python3
"""Run docs/tutorial.md: `tutorial.py READOUT`. Shell blocks run as they stand, in a folder of their own; the Python block
where pandas and matplotlib are there, else it is passed over, and that is said."""
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    readout = Path(sys.argv[1]).resolve()
    text = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(sh|python)\n(.*?)```", text, re.S)
    assert len(blocks) >= 7, "the tutorial has lost its commands"
    environment = {**os.environ, "READOUT_HOME": str(ROOT), "PATH": f"{readout.parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        for language, code in blocks:
            if language == "python" and not all(map(importlib.util.find_spec, ["pandas", "matplotlib"])):
                print("tutorial: the plot is skipped: pandas and matplotlib are not installed")
                continue
            program = ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code]
            ended = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True)
            if ended.returncode:
                print(f"tutorial: this block failed:\n{code}\n{ended.stdout}{ended.stderr}", file=sys.stderr)
                return 1
        panel = (Path(folder) / "dyad-months.csv").read_text(encoding="utf-8").splitlines()
        assert len(panel) > 12 * 190 * 189, "the panel is balanced over all dyads of a year"
        plot = Path(folder) / "months.png"
        assert not any(language == "python" for language, _ in blocks) or not plot.exists() or plot.stat().st_size > 5_000
    print(f"tutorial: {len(blocks)} blocks run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
