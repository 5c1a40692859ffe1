"""Make ../countries.tsv from countries.txt and the COW and Gleditsch-Ward state lists.

Usage: build_countries.py FACTS_FOLDER
"""
import csv
import sys

from common import lines, unique, write


def spans(path, code, start, end):
    """Numeric state code -> list of (start, end) ISO dates."""
    out = {}
    for r in csv.DictReader(open(path, encoding="utf-8")):
        out.setdefault(r[code].split(".")[0], []).append((start(r), end(r)))
    return out


def ymd(r, p):
    return "%04d-%02d-%02d" % tuple(int(float(r[p + k])) for k in ("year", "month", "day"))


def expand(cell, default):
    if cell == "~":
        return []
    out = []
    for d in (cell or default).split("|"):
        out += [d[:-2], d[:-2] + "s"] if d.endswith("/s") else [d]
    return unique(out)


def main(facts):
    gw = spans(facts + "/gw_states.csv", "gwcode", lambda r: r["startdate"], lambda r: r["enddate"])
    cow = spans(facts + "/cow_states.csv", "ccode", lambda r: ymd(r, "st"), lambda r: ymd(r, "end"))
    rows = []
    for line in lines("countries.txt"):
        iso, codes, name, start, end, names, dem, adj, cap = line.split(";")
        c, _, g = codes.partition("/")
        g = g or c
        if codes and g not in gw:
            g = g if int(g) in (240, 679) else ""     # microstates are not in the main GW list
        if c and not start:
            start = (gw.get(g) or cow.get(c))[-1][0]
        if c and not end:
            last = (gw.get(g) or cow.get(c))[-1][1]
            end = "" if last >= "2016-12-31" else last
        nouns = expand(dem, "~")
        adjs = [] if adj == "~" else unique((adj or (nouns[0] if nouns else "")).split("|"))
        rows.append([iso, c, g, name, start, end, "|".join(unique([name] + names.split("|"))),
                     "|".join(nouns), "|".join(adjs), "" if cap == "~" else cap])
    rows.sort(key=lambda r: (r[0], r[4]))
    write("countries.tsv", [
        "States and larger territories since 1945. Made by build/build_countries.py; edit build/countries.txt.",
        "cow, gw, start, end: Correlates of War (2016) and Gleditsch and Ward state lists; end empty = still there.",
        "The rest is written by hand.",
    ], "iso3 cow gw name start end names demonyms adjectives capitals".split(), rows)


main(sys.argv[1])
