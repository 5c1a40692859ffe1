#!/usr/bin/env python3
"""What coding costs at a size, as docs/scale.md has it: `scale.py [--words 500] [--speed 15521] [--spark 0.8] [--core-hour 0.04]
[--tokens-in 1.0] [--tokens-out 4.0]`.

Speed is words a second and core as measured (docs/performance.md); `--spark` the share of it that is left under Spark;
prices are in dollars: of a core-hour, and of a million tokens in and out of a language model. Prints the table as Markdown."""
import argparse

# Reports, by what they stand for; the last two are assumptions (docs/scale.md).
SIZES = [("a million reports", 1e6), ("a day of the world's news", 5e5), ("ten years of it", 5e5 * 3652)]
TOKENS_A_WORD = 4 / 3
# What a model is told to do, with the types and an example of each; and what it answers for a report.
PROMPT_TOKENS, ANSWER_TOKENS = 1500, 400


def hours(h):
    return f"{h * 60:.0f} min" if h < 1 else f"{h:,.1f} h" if h < 100 else f"{h / 24:,.0f} days"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in [("words", 500), ("speed", 15521), ("spark", 0.8), ("core-hour", 0.04), ("tokens-in", 1.0), ("tokens-out", 4.0)]:
        options.add_argument(f"--{name}", type=float, default=default)
    o = options.parse_args()
    print("| | core-hours | 2 cores | 16 cores | 1,000 cores (Spark) | core-hours in dollars | a language model in dollars |")
    print("|---|---|---|---|---|---|---|")
    for name, reports in SIZES:
        core = reports * o.words / o.speed / 3600
        tokens = o.words * TOKENS_A_WORD + PROMPT_TOKENS
        model = reports * (tokens * o.tokens_in + ANSWER_TOKENS * o.tokens_out) / 1e6
        print(f"| {name} | {core:,.0f} | {hours(core / 2)} | {hours(core / 16)} | {hours(core / 1000 / o.spark)} "
              f"| {core * o.core_hour:,.2f} | {model:,.0f} |")


if __name__ == "__main__":
    main()
