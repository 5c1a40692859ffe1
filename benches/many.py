#!/usr/bin/env python3
"""Make a large store of a small one: `many.py STORE BIG EVENTS`. Repeats its reports, deals days, outlets and countries anew
(the same in every run), and drops what the explorer does not look at, so that a million events take minutes, not hours of
coding. For measuring only: what it says never happened."""
import sqlite3
import sys
import time
from pathlib import Path

COUNTRIES = ("KEN UGA PER CHL IND PAK CHN JPN FRA DEU POL UKR RUS USA MEX BRA TUR SYR IRQ IRN EGY SDN ETH NGA ZAF").split()
UNSEEN = ["bands", "outcomes", "attributions", "furniture", "problems"]
REPEATED = ["documents", "sentences", "events", "parties", "speakers"]


def dealt(column, modulus):
    """An SQL expression: a number below `modulus` that seems to follow no order."""
    return f"((({column}) * 2654435761) / 4096 % {modulus})"


def main():
    source, target, wanted = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as store:
        store.execute("VACUUM INTO ?", [str(target)])
    store = sqlite3.connect(target)
    for pragma in ["journal_mode = OFF", "synchronous = OFF", "cache_size = -600000", "foreign_keys = OFF"]:
        store.execute(f"PRAGMA {pragma}")
    trim(store)
    places = ",".join(f"'{table}'" for table in REPEATED)
    indexes = store.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND tbl_name IN ({places})").fetchall()
    for name, _ in indexes:
        store.execute(f"DROP INDEX {name}")
    while (count := store.execute("SELECT count(*) FROM events").fetchone()[0]) < wanted:
        double(store, wanted - count)
    deal(store)
    for _, sql in indexes:
        store.execute(sql)
    store.execute("INSERT INTO sentences_fts(sentences_fts) VALUES('rebuild')")
    store.execute("ANALYZE")
    store.commit()
    store.execute("PRAGMA journal_mode = WAL")


def trim(store):
    for table in UNSEEN:
        store.execute(f"DELETE FROM {table}")
    store.execute("DELETE FROM documents WHERE id NOT IN (SELECT document FROM events)")
    store.execute("DELETE FROM sentences WHERE NOT EXISTS "
                  "(SELECT 1 FROM events e WHERE e.document = sentences.document AND e.sent = sentences.n)")
    store.execute("UPDATE documents SET text = substr(text, 1, 3000), copy_of = NULL")
    store.execute("UPDATE events SET same_as = NULL")


def double(store, most):
    """Repeats every report once, or the first ones until there are `most` events more."""
    last = {table: store.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in REPEATED[:3]}
    d, s, e = (last[table] for table in REPEATED[:3])
    until = store.execute("SELECT max(document) FROM (SELECT document FROM events ORDER BY id LIMIT ?)", [most]).fetchone()[0]
    of_event = f"event IN (SELECT id FROM events WHERE document <= {until})"

    def repeat(table, where, **changed):
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(changed.get(column, column) for column in columns)
        store.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {where}")

    repeat("parties", of_event, event=f"event + {e}")
    repeat("speakers", of_event, event=f"event + {e}")
    repeat("sentences", f"document <= {until}", id=f"id + {s}", document=f"document + {d}")
    repeat("events", f"document <= {until}", id=f"id + {e}", document=f"document + {d}",
           event_id=f"printf('%020x', (id + {e}) * 104729)")
    repeat("documents", f"id <= {until}", id=f"id + {d}", key=f"printf('%032x', (id + {d}) * 7919)", text_hash=f"id + {d}")


def deal(store):
    store.execute(f"UPDATE documents SET published = date('1990-01-01', {dealt('id', 12000)} || ' days'), "
                  f"publisher = 'Outlet ' || ({dealt('id', 20)} * {dealt('id + 7', 20)})")
    store.execute(f"UPDATE events SET date_first = CASE id % 4 WHEN 0 THEN date('1990-01-01', {dealt('id', 12000)} || ' days') END")
    store.execute("UPDATE events SET date_last = date_first")
    store.execute("CREATE TEMP TABLE dealt (n INTEGER PRIMARY KEY, country TEXT)")
    store.executemany("INSERT INTO dealt VALUES (?, ?)", enumerate(COUNTRIES))
    store.execute(f"UPDATE parties SET country = (SELECT country FROM dealt WHERE n = {dealt('event * 3 + n', len(COUNTRIES))}) "
                  "WHERE country NOT NULL AND event % 3 <> 0")
    store.execute("UPDATE parties SET code = country || substr(code, 4) WHERE country NOT NULL")


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"{sys.argv[3]} events wanted, made in {time.monotonic() - began:.0f} s")
