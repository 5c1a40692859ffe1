"""Check the tables of data/countries and data/export: columns, codes, dates, repeats, overlaps. Exit status 1 if any is wrong.

Usage: check.py
"""
import datetime
import os
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
HEADERS = {
    "countries/countries": "iso3c iso2c iso3n cown cowc gwn gwc fips un cameo phoenix name",
    "countries/states": "system number letters iso3c name from to",
    "countries/adm1": "iso3c admin1 fips adm1",
    "export/sectors": "sector state cameo icews",
    "export/types": "type reciprocal",
}
SHAPES = {"iso3c": "[A-Z]{3}", "iso2c": "[A-Z]{2}", "iso3n": r"\d{3}", "cown": r"\d{1,3}", "gwn": r"\d{1,3}", "cowc": "[A-Z]{3}",
          "gwc": "[A-Z]{3}", "fips": "[A-Z]{2}", "un": r"\d{3}", "cameo": "[A-Z]{3}", "phoenix": "[A-Z]{3}",
          "from": r"\d{4}-\d\d-\d\d", "to": r"\d{4}-\d\d-\d\d", "number": r"\d{1,3}", "letters": "[A-Z]{3}"}
NEVER_EMPTY = {"countries/countries": ["iso3c", "cameo", "phoenix", "name"], "countries/states": ["system", "number", "letters", "name", "from"],
               "countries/adm1": ["iso3c", "admin1", "fips", "adm1"], "export/sectors": ["sector", "state", "icews"],
               "export/types": ["type", "reciprocal"]}
bad = []


def wrong(name, line, what):
    bad.append("%s.tsv:%d: %s" % (name, line, what))


def read(name):
    """Rows of a table as (line, dict); what is wrong with its shape is told."""
    text = open(os.path.join(DATA, name + ".tsv"), encoding="utf-8", newline="").read()
    if "\r" in text:
        wrong(name, 0, "carriage return (end lines with a line feed alone)")
    rows = [(i, line.split("\t")) for i, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    head = HEADERS[name].split()
    if rows[0][1] != head:
        wrong(name, rows[0][0], "the header is not `%s`" % HEADERS[name])
    out = []
    for i, cells in rows[1:]:
        if len(cells) != len(head):
            wrong(name, i, "%d columns, not %d" % (len(cells), len(head)))
            continue
        row = dict(zip(head, cells))
        for column, cell in row.items():
            if cell != cell.strip():
                wrong(name, i, "spaces around " + column)
            if cell and column in SHAPES and not re.fullmatch(SHAPES[column], cell):
                wrong(name, i, "%s '%s'" % (column, cell))
            if not cell and column in NEVER_EMPTY[name]:
                wrong(name, i, column + " is empty")
        out.append((i, row))
    return out


def once(name, rows, *columns):
    """No two rows with the same filled key."""
    seen = {}
    for i, r in rows:
        key = tuple(r[c] for c in columns)
        if all(key) and key in seen:
            wrong(name, i, "%s is also in line %d" % (" ".join(key), seen[key]))
        seen[key] = i


def apart(rows, *columns):
    """Rows of the same key do not overlap in time; ends come after beginnings."""
    by = {}
    for i, r in rows:
        first, last = r["from"], r["to"] or "9999-12-31"
        for date in (first, last):
            datetime.date.fromisoformat(date)
        if last < first:
            wrong("countries/states", i, "ends before it begins")
        if r["iso3c"]:
            by.setdefault(tuple(r[c] for c in columns), []).append((first, last, i))
    for key, spans in by.items():
        spans.sort()
        for a, b in zip(spans, spans[1:]):
            if b[0] <= a[1]:
                wrong("countries/states", b[2], "%s: overlaps line %d" % (" ".join(key), a[2]))


def main():
    tables = {name: read(name) for name in HEADERS}
    countries, states = tables["countries/countries"], tables["countries/states"]
    for column in ("iso3c", "iso2c", "iso3n", "cameo", "phoenix"):
        once("countries/countries", countries, column)
    known = {r["iso3c"] for _, r in countries}
    for i, r in states:
        if r["system"] not in ("cow", "gw"):
            wrong("countries/states", i, "system '%s' (cow or gw)" % r["system"])
        if r["iso3c"] and r["iso3c"] not in known:
            wrong("countries/states", i, "iso3c %s is not in countries.tsv" % r["iso3c"])
    apart(states, "system", "number")
    apart(states, "system", "iso3c")       # on one day a code is one state
    latest = {(r["system"], r["iso3c"], r["number"]) for _, r in states}
    for i, r in countries:
        for column, system in (("cown", "cow"), ("gwn", "gw")):
            if r[column] and (system, r["iso3c"], r[column]) not in latest:
                wrong("countries/countries", i, "%s %s is not in states.tsv for %s" % (column, r[column], r["iso3c"]))
    actors = [line.split("\t")[0] for line in open(os.path.join(DATA, "actors/countries.tsv"), encoding="utf-8") if not line.startswith("#")]
    for code in sorted(set(actors[1:]) - known):
        wrong("countries/countries", 0, "no row for %s of actors/countries.tsv (run build/build.py)" % code)
    once("countries/adm1", tables["countries/adm1"], "iso3c", "admin1")
    once("export/sectors", tables["export/sectors"], "sector")
    once("export/types", tables["export/types"], "type")
    ontology = open(os.path.join(DATA, "..", "codebook/ontology.txt"), encoding="utf-8").read()
    sectors = set(re.findall(r"^  ([A-Z]{3}) : ", ontology.split("\nsectors\n")[1], re.M))
    for missing in sorted(sectors - {r["sector"] for _, r in tables["export/sectors"]}):
        wrong("export/sectors", 0, "no row for %s of codebook/ontology.txt" % missing)
    for missing in sorted(set(re.findall(r"^type ([A-Z]+)", ontology, re.M)) - {r["type"] for _, r in tables["export/types"]}):
        wrong("export/types", 0, "no row for %s of codebook/ontology.txt" % missing)
    print("\n".join(bad + ["; ".join("%s %d" % (n, len(r)) for n, r in tables.items()), "%d problems" % len(bad)]))
    return bool(bad)


sys.exit(main())
