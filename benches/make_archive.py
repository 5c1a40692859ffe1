#!/usr/bin/env python3
"""Write a Parquet archive of short reports: `make_archive.py OUT.parquet REPORTS`.

The three reports of `examples/`, then reports made of the sentences of `specs/` and `training/relations/written` (all written
for this project), some without an identifier or a day; of each hundred, one is empty, one has no text and one is in German.
The same arguments give the same rows. Needs pyarrow.
"""
import datetime
import json
import random
import sys

import pyarrow
import pyarrow.parquet

from make_warc import OUTLETS, ROOT, sentences

GERMAN = (
    "Die Außenministerin von Island reiste am Dienstag nach Wellington. Sie sprach dort mit der Regierung über Fischerei, "
    "und beide Seiten wollen die Gespräche im Herbst fortsetzen. Die Minister waren sich einig, dass sie die Verträge noch in "
    "diesem Jahr unterzeichnen wollen, sagte ein Sprecher am Abend."
)
SCHEMA = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("uri", pyarrow.string()),
        ("published", pyarrow.date32()),
        ("publisher", pyarrow.string()),
        ("text", pyarrow.string()),
    ]
)
ROWS_A_GROUP = 256


def report(rng, n, pool):
    """The row of a report."""
    text = "\n\n".join(" ".join(rng.sample(pool, rng.randint(1, 3))) for _ in range(rng.randint(1, 4)))
    text = {7: "", 17: None, 27: GERMAN}.get(n % 100, text)
    return {
        "id": None if n % 50 == 40 else f"report-{n:06}",
        "uri": f"https://news.example/{n}.html",
        "published": None if n % 40 == 30 else datetime.date(2018 + n % 2, 1 + n % 12, 1 + n % 28),
        "publisher": OUTLETS[n % len(OUTLETS)],
        "text": text,
    }


def archive(reports):
    """A table of the examples and of so many reports."""
    rng, pool = random.Random(3), sentences()
    with (ROOT / "examples/reports.jsonl").open(encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    for example in examples:
        example["published"] = datetime.date.fromisoformat(example["published"])
    return pyarrow.Table.from_pylist([*examples, *(report(rng, n, pool) for n in range(reports))], schema=SCHEMA)


def write(path, reports):
    """Writes an archive; gives its number of rows."""
    table = archive(reports)
    pyarrow.parquet.write_table(table, path, row_group_size=ROWS_A_GROUP)
    return table.num_rows


def words(path):
    """How many words the texts of an archive hold."""
    texts = pyarrow.parquet.read_table(path, columns=["text"])["text"].to_pylist()
    return sum(len(text.split()) for text in texts if text)


if __name__ == "__main__":
    print(write(sys.argv[1], int(sys.argv[2])), "reports")
