"""Check the tables of data/actors: columns, dates, codes, repeats. Exit status 1 if anything is wrong.

Usage: check.py [-w]    (-w: warnings too: one name for two things)
"""
import datetime as dt
import glob
import os
import re
import sys

from common import OUT

SECTORS = set("GOV MIL COP JUD LEG OPP REB SPY MED CVL BUS PTY NGO CRM LAB EDU REL".split())
HEADERS = {
    "countries": "iso3 cow gw name start end names demonyms adjectives capitals",
    "leaders": "iso3 office name aliases start end source",
    "officials": "iso3 sector office name aliases start end source",
    "officials_modern": "iso3 sector office name aliases start end source",
    "organisations": "code kind name aliases start end source",
    "igo_offices": "code office name aliases start end source",
    "bodies": "code name aliases",
    "groups": "code name aliases start end source",
    "parties": "iso3 name aliases in_government",
    "media": "code iso3 name aliases kind",
    "roles": "noun sector kind flags",
    "companies": "iso3 name aliases",
    "places": "name aliases iso3 admin1 lat lon population kind",
    "notplaces": "phrase",
    "titles": "title kind",
}
KINDS = {"places": {"city", "region", "water"}, "organisations": {"IGO", "NGO"},
         "media": {"agency", "newspaper", "broadcaster", "web", "magazine"}}
# Rows that may not be there twice.
KEYS = {"countries": ("iso3", "start"), "leaders": ("iso3", "office", "name", "start"),
        "officials": ("iso3", "sector", "office", "name", "start"), "officials_modern": ("iso3", "sector", "office", "name", "start"),
        "organisations": ("code", "name"), "igo_offices": ("code", "office", "name", "start"), "bodies": ("code", "name"),
        "groups": ("code", "name", "start"), "parties": ("iso3", "name"), "media": ("code", "name"), "roles": ("noun",),
        "companies": ("name",), "places": ("name", "iso3", "admin1", "kind"), "notplaces": ("phrase",), "titles": ("title",)}


def day(s):
    """Earliest and latest day of YYYY, YYYY-MM or YYYY-MM-DD; None if it is no date."""
    try:
        if re.fullmatch(r"\d{4}", s):
            return s + "-01-01", s + "-12-31"
        if re.fullmatch(r"\d{4}-\d\d", s):
            return s + "-01", s + "-28"
        return (s, s) if re.fullmatch(r"\d{4}-\d\d-\d\d", s) and dt.date.fromisoformat(s) else None
    except ValueError:
        return None


def main(warn):
    bad, soft, read = [], [], {}
    for path in sorted(glob.glob(os.path.join(OUT, "*.tsv"))):
        name = os.path.basename(path)[:-4]
        raw = open(path, "rb").read()
        if b"\r" in raw:
            bad.append((name, 0, "carriage return", "end lines with a line feed alone"))
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as e:
            bad.append((name, 0, "not UTF-8: %s" % e, "save as UTF-8"))
            continue
        rows = [(i, l.split("\t")) for i, l in enumerate(text.split("\n"), 1) if l.strip() and not l.startswith("#")]
        if not rows:
            bad.append((name, 0, "empty", "write at least the header"))
            continue
        head = rows[0][1]
        want = HEADERS.get(name)
        if want and head not in (want.split(), want.split() + ["source"]):
            bad.append((name, rows[0][0], "header is %s" % " ".join(head), "write " + want))
        read[name] = []
        for i, cells in rows[1:]:
            if len(cells) != len(head):
                bad.append((name, i, "%d columns" % len(cells), "write %d" % len(head)))
                continue
            read[name].append((i, dict(zip(head, cells))))
    known = {r["iso3"] for _, r in read.get("countries", [])}
    for name, rows in read.items():
        seen = {}
        for i, r in rows:
            err = lambda what, hint: bad.append((name, i, what, hint))
            for col, v in r.items():
                if v != v.strip() or "  " in v:
                    err("spaces in " + col, "one space between words, none outside")
                if col in ("aliases", "names", "demonyms", "adjectives", "capitals"):
                    parts = v.split("|") if v else []
                    if any(not p.strip() for p in parts):
                        err("empty alternative in " + col, "take the extra | out")
                    if len(set(parts)) != len(parts):
                        err("repeated alternative in %s: %s" % (col, v[:60]), "keep one")
            if not r.get("name", "x") or not r.get("noun", "x"):
                err("no name", "fill it")
            iso = r.get("iso3", "")
            body = name == "officials_modern" and re.fullmatch(r"(IGO|NGO|IMG)[A-Z]{3}", iso) and not r["sector"]
            if "iso3" in r and name != "countries" and iso not in known and not body and not (iso in ("", "---") and name in ("places", "media", "companies", "parties")):
                err("unknown country '%s'" % iso, "see countries.tsv")
            code = r.get("code", "")
            if name == "organisations" or name == "igo_offices":
                if not re.fullmatch(r"(IGO|NGO)[A-Z]{3}", code):
                    err("unknown code '%s'" % code, "IGO or NGO and three letters")
            elif name in ("bodies", "groups") and not (code[:3] in known | {"---", "IGO", "NGO", "IMG"} and (code[3:] in SECTORS or code[:3] in ("IGO", "NGO", "IMG"))):
                err("unknown code '%s'" % code, "ISO3 of countries.tsv and a sector")
            if "sector" in r and name.startswith("officials") and not body and r["sector"] not in SECTORS:
                err("unknown sector '%s'" % r["sector"], "one of " + " ".join(sorted(SECTORS)))
            dates = [day(r[c]) if r.get(c) else ("", "") for c in ("start", "end") if c in r]
            if None in dates:
                err("no date: %s, %s" % (r.get("start"), r.get("end")), "YYYY-MM-DD or YYYY")
            elif len(dates) == 2 and dates[0][0] and dates[1][1] and dates[1][1] < dates[0][0]:
                err("ends (%s) before it starts (%s)" % (r["end"], r["start"]), "mend the dates")
            if name in KINDS and r["kind"] not in KINDS[name]:
                err("unknown kind '%s'" % r["kind"], "one of " + " ".join(sorted(KINDS[name])))
            if name == "places" and not (-90 <= float(r["lat"] or 91) <= 90 and -180 <= float(r["lon"] or 181) <= 180):
                err("no place on earth: %s, %s" % (r["lat"], r["lon"]), "degrees north and east")
            if name in KEYS:
                key = tuple(r.get(c, "") for c in KEYS[name])
                if key in seen:
                    err("the same as line %d: %s" % (seen[key], " / ".join(key)), "keep one")
                seen[key] = i
    # One name, two states on one day.
    rows = read.get("countries", [])
    for col in ("names", "demonyms", "adjectives", "capitals"):
        owner = {}
        for i, r in rows:
            for n in filter(None, r[col].split("|")):
                for j, o in owner.get(n, []):
                    if (r["start"] or "0") <= (o["end"] or "9") and (o["start"] or "0") <= (r["end"] or "9"):
                        bad.append(("countries", i, "%s '%s' is also of line %d" % (col, n, j), "keep it where news means it"))
                owner.setdefault(n, []).append((i, r))
    # Two holders of one office for more than two months.
    by = {}
    for i, r in read.get("leaders", []):
        by.setdefault((r["iso3"], r["office"]), []).append((r["start"], r["end"] or "9999-01-01", r["name"], i))
    for (iso, office), terms in by.items():
        terms.sort()
        for a, b in zip(terms, terms[1:]):
            if b[0] < a[1] and a[2] != b[2] and dt.date.fromisoformat(b[0]) + dt.timedelta(60) < dt.date.fromisoformat(a[1]):
                soft.append(("leaders", b[3], "%s %s: %s while %s" % (iso, office, b[2], a[2]), ""))
    for name, line, what, hint in bad + (soft if warn else []):
        print("%s.tsv:%d: %s%s" % (name, line, what, " (%s)" % hint if hint else ""))
    print("; ".join("%s %d" % (n, len(r)) for n, r in read.items()))
    print("%d problems, %d warnings" % (len(bad), len(soft)))
    return 1 if bad else 0


sys.exit(main("-w" in sys.argv))
