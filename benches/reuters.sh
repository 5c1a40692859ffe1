#!/usr/bin/env bash
# How fast and in how much memory: `benches/reuters.sh [FILE] [THREADS]` codes FILE (by default the 19,043 Reuters reports
# of 1987 beside the repository) with the release build on THREADS threads (by default 1) and prints words (runs without
# white space), seconds, words a second and core, peak memory, documents in and records out. `HEAD=2000` takes the first
# 2,000 reports only. Exit code 1 where a document got lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
input=${1:-../shared/text/reuters21578.jsonl.gz}
threads=${2:-1}
if [ ! -e "$input" ]; then
    echo "benches/reuters.sh: skipped: $input is not there; give a file of JSON lines as the first argument"
    exit 0
fi
cargo build --release --locked -p readout-cli
exec python3 benches/measure.py "${CARGO_TARGET_DIR:-target}/release/readout" "$input" "$threads" "${HEAD:-0}"
