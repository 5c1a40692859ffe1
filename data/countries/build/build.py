"""Make ../countries.tsv and ../states.tsv from the lists of codes and of state-system membership.

Usage: build.py FACTS_FOLDER    (country_codes.csv, cow_states.csv, gw_states.csv; ../../actors/countries.tsv is read too)
"""
import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.dirname(HERE)
SINCE = "1945-01-01"      # rows that ended before are left out: no table of actors goes back further
LISTS_END = {"cow": "2016-12-31", "gw": "2017-12-31"}   # last day of each list: still a member

# By hand: what the list of codes lacks or gives for two territories at once.
FIPS = {"ALA": "", "SRB": "RI", "PSE": "WE", "SJM": "SV", "UMI": "", "XKX": "KV", "SUN": "UR", "DDR": "GC", "CSK": "CZ",
        "YUG": "YI", "YMD": "YS", "ANT": "NT", "RVN": "VS"}
NUMERIC = {"SUN": "810", "DDR": "278", "CSK": "200", "YUG": "891", "YMD": "720", "ANT": "530"}
ALPHA2 = {"XKX": "XK", "SUN": "SU", "DDR": "DD", "CSK": "CS", "YUG": "YU", "YMD": "YD", "ANT": "AN"}
# Where CAMEO, and the dictionaries of Phoenix, depart from ISO.
CAMEO = {"ROU": "ROM", "TLS": "TMP", "MNE": "MTN", "IMN": "IMY", "XKX": "KSV"}
PHOENIX = {"TLS": "TMP", "XKX": "KSV", "IMN": "IMY"}
# States of the lists under the codes of the table of actors, from and to a day: system, number, from -> code. A row of a
# list that spans two states is cut where the first becomes the second.
CUTS = {("cow", "365"): [("1922-12-30", "SUN"), ("1991-12-26", "RUS")], ("gw", "365"): [("1922-12-30", "SUN"), ("1991-12-26", "RUS")],
        ("cow", "345"): [("", "YUG"), ("2006-06-05", "SRB")]}
CODES = {"255": "DEU", "260": "DEU", "265": "DDR", "678": "YEM", "679": "YEM", "680": "YMD", "345": "YUG", "340": "SRB",
         "315": "CSK", "816": "VNM", "817": "RVN", "510": "TZA", "511": "", "711": "", "552": "ZWE"}


def tsv(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")]
    return [dict(zip(rows[0], r + [""] * len(rows[0]))) for r in rows[1:]]


def write(name, comment, header, rows):
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="\n") as out:
        out.writelines("# %s\n" % line for line in comment)
        out.writelines("\t".join(r) + "\n" for r in [header, *rows])


def day(row, which):
    return "%04d-%02d-%02d" % tuple(int(float(row[which + part])) for part in ("year", "month", "day"))


def before(date):
    """The day before, for dates of the cuts above."""
    import datetime
    return str(datetime.date.fromisoformat(date) - datetime.timedelta(1))


def memberships(facts, iso_of):
    """Rows: system, number, letters, iso3c, name, from, to."""
    read = lambda name: csv.DictReader(open(os.path.join(facts, name), encoding="utf-8"))
    raw = [("cow", r["ccode"], r["stateabb"], r["statenme"], day(r, "st"), day(r, "end")) for r in read("cow_states.csv")]
    raw += [("gw", r["gwcode"], r["stateabb"], r["statename"], r["startdate"], r["enddate"]) for r in read("gw_states.csv")]
    for system, number, letters, name, start, end in raw:
        number = number.split(".")[0]
        if end < SINCE:
            continue
        end = "" if end >= LISTS_END[system] else end
        code = CODES.get(number, iso_of.get(number, ""))
        parts = [(max(start, a), c) for a, c in CUTS.get((system, number), [("", code)])]
        for (first, iso), after in zip(parts, parts[1:] + [None]):
            last = before(after[0]) if after else end
            if not end or first <= end:
                yield [system, number, letters, iso, name, first, last if not end else min(last, end)]


def main(facts):
    actors = tsv(os.path.join(OUT, "..", "actors", "countries.tsv"))
    iso_of = {}
    for r in actors:
        for c in (r["cow"], r["gw"]):
            if c:
                iso_of.setdefault(c, r["iso3"])
    states = sorted(memberships(facts, iso_of), key=lambda r: (r[0], int(r[1]), r[5]))
    write("states.tsv", [
        "Members of the system of states since 1945: cow = Correlates of War (list of 2016), gw = Gleditsch and Ward (to 2017).",
        "Made by build/build.py. from, to: first and last day; to empty = member at the end of the list, taken as still there.",
        "iso3c: the code that records carry on those days; a state of the lists that was two for ISO is cut in two rows.",
        "iso3c empty: records have no code for it. Small states that Gleditsch and Ward list apart (microstates) are not in gw."],
        "system number letters iso3c name from to".split(), states)

    current = {}
    for system, number, letters, iso, _, first, last in states:
        if iso:
            current[system, iso] = (number, letters)      # the latest, as rows are sorted by number and then by day
    for key, number in {("cow", "DEU"): ("255", "GMY"), ("cow", "YEM"): ("679", "YEM")}.items():
        current[key] = number
    iso = {r["ISO3166-1-Alpha-3"]: r for r in csv.DictReader(open(os.path.join(facts, "country_codes.csv"), encoding="utf-8"))}
    names = {}
    for r in sorted(actors, key=lambda r: (not r["end"], r["end"])):
        names[r["iso3"]] = r                               # the latest name of a code
    rows = []
    for code, actor in sorted(names.items()):
        r = iso.get(code, {})
        clean = lambda s: s.strip().strip("\xa0")
        numeric = NUMERIC.get(code) or ("%03d" % int(r["ISO3166-1-numeric"]) if r.get("ISO3166-1-numeric") else "")
        fips = FIPS.get(code, clean(r.get("FIPS", "")))
        un = "%03d" % int(r["M49"]) if clean(r.get("M49", "")) else NUMERIC.get(code, "")
        alpha2 = ALPHA2.get(code) or clean(r.get("ISO3166-1-Alpha-2", ""))
        cow, gw = current.get(("cow", code), ("", "")), current.get(("gw", code), ("", ""))
        rows.append([code, alpha2, numeric, *cow, *gw, fips, un, CAMEO.get(code, code), PHOENIX.get(code, code), actor["name"]])
    write("countries.tsv", [
        "Codes of countries and territories, a row for each code that records carry. Made by build/build.py.",
        "iso3c, iso2c, iso3n: ISO 3166-1 (XKX and RVN are none of its); cown, cowc: Correlates of War; gwn, gwc: Gleditsch and Ward;",
        "both the latest: states.tsv has them by date. fips: FIPS 10-4, of the West Bank for PSE (adm1.tsv has Gaza's).",
        "un: United Nations M49. cameo: CAMEO's code of the country, as in GDELT; phoenix: that of the OEDA's dictionaries."],
        "iso3c iso2c iso3n cown cowc gwn gwc fips un cameo phoenix name".split(), rows)


main(sys.argv[1])
