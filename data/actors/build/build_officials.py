"""Make ../officials.tsv and ../igo_offices.tsv.

Usage: build_officials.py FACTS_FOLDER
officials: officials.txt (by hand), vice presidents and deputies of the CIA World Factbook, ministers of the OEDA
dictionary (month-exact, to 2014), U.S. vice presidents and present members of Congress (CC0 lists).
igo_offices: igo_offices.txt (by hand).
"""
import csv
import datetime as dt
import re
import sys

import build_leaders as bl
from common import OUT, lines, tsv, unique, write
from names import alike, bare, fold, tidy, title_words
from phoenix import persons

# The OEDA dictionary does not say which office; its subject codes mix ministries, so they are not used.
UNNAMED = "member of government"
TITLED = re.compile(r"^(?:Vice|Deputy|Secretary|Secretaty|Senator|Sen|Minister|Foreign|Defen[cs]e|Interior|Finance|Justice|Representative|Rep|"
                    r"Congress\w+|Speaker|Attorney|Ambassador|Former|Ex|Mayor|Judge|Director|Chairman|U\.?S|American)\b", re.I)


def blocks(name):
    """Rows of a hand-written file: (head words of the block, office names, dates and names)."""
    rows, last, head = [], [], None
    for line in lines(name):
        if line.startswith("@"):
            words, *others = [p.strip() for p in line[1:].split("|")]
            head, last = words.split(" "), []
            continue
        dates, _, rest = line.partition(" ")
        start, slash, end = dates.partition("/")
        dt.date.fromisoformat(start)
        if end:
            dt.date.fromisoformat(end)
        for r in last:
            if r["end"] is None:
                r["end"] = bl.before(start)
        last = []
        for person in rest.split(" & "):
            names = [n.strip() for n in person.split("|")]
            source = "hand, unverified" if names[0].startswith("?") else "hand"
            last.append(dict(head=head, name=names[0].lstrip("?"), aliases=names[1:], start=start,
                             end=end if slash else None, source=source))
        rows += last
    for r in rows:
        r["end"] = r["end"] or ""
    return rows


def igo():
    table = [[r["head"][0], " ".join(r["head"][1:]), r["name"], "|".join(unique(r["aliases"])), r["start"], r["end"], r["source"]]
             for r in blocks("igo_offices.txt")]
    write("igo_offices.tsv", [
        "Heads and envoys of international bodies. Made by build/build_officials.py; edit build/igo_offices.txt.",
    ], "code office name aliases start end source".split(), table)
    return len(table)


def deputies(facts):
    iso = bl.fips_to_iso(facts)
    rows = []
    for r in csv.DictReader(open(facts + "/factbook_leaders.csv", encoding="utf-8")):
        t = r["title"].lower()
        office = "vice president" if re.search(r"vice president|deputy president", t) and "elect" not in t else \
            "deputy prime minister" if re.search(r"deputy prime|deputy premier|vice premier|vice prime", t) else \
            "vice chancellor" if "vice chancellor" in t else ""
        if not office or r["fips"] not in iso or iso[r["fips"]] == "USA" or not re.match(r"\d{4}-\d\d-\d\d", r["since"]) or "acant" in r["name"]:
            continue
        name, nick = tidy(r["name"])
        family, _ = tidy(r["family"])
        if " " not in name:
            continue
        words = name.split()
        al = [n + " " + family for n in nick if family]
        if family and len(words) > 2 and name.endswith(family) and words[0] not in family:
            al.append(words[0] + " " + family)
        rows.append(dict(iso=iso[r["fips"]], sector="GOV", office=office, name=name, aliases=al, start=r["since"][:10],
                         end="" if r["last_seen"] >= bl.LAST_EDITION else r["last_seen"], source="CIA World Factbook"))
    return bl.merge_same(rows)


def ministers(facts):
    """Persons of the OEDA dictionary without office names; terms less than 100 days apart are joined."""
    out = []
    for name, alias, codes, leader in persons(facts + "/phoenix_countries_actors.txt"):
        press = title_words(name)
        if leader or len(press.split()) < 2 or "," in press or any(ch.isdigit() for ch in press) or "(" in press:
            continue
        spans = sorted((iso, s, e, sec) for iso, sec, s, e in codes if sec.startswith("GOV") and s)
        joined = []
        for iso, s, e, sec in spans:
            if joined and joined[-1][0] == iso and joined[-1][2] and \
                    (dt.date.fromisoformat(s) - dt.date.fromisoformat(joined[-1][2])).days < 100:
                joined[-1][2] = max(joined[-1][2], e) if e else ""
                joined[-1][3].add(sec[3:6])
            else:
                joined.append([iso, s, e, {sec[3:6]}])
        for iso, s, e, secs in joined:
            if e and (dt.date.fromisoformat(e) - dt.date.fromisoformat(s)).days < 60:
                continue        # seen in one or two monthly lists only
            out.append(dict(iso=iso, sector="GOV", office=UNNAMED, name=press,
                            aliases=[title_words(a) for a in alias if 1 < len(a.strip("_").split("_")) < 4],
                            start=s, end=e or "2014-01-31", source="OEDA"))
    return out


def yaml_people(path):
    """The few keys needed of the two CC0 lists, read without a YAML library."""
    people, cur, term = [], None, None
    section = ""
    for line in open(path, encoding="utf-8"):
        if line.startswith("- id:"):
            cur = {"name": {}, "terms": []}
            people.append(cur)
            section = "id"
            continue
        m = re.match(r"^  (\w+):\s*$", line)
        if m:
            section = m.group(1)
            continue
        if section == "name" and (m := re.match(r"^    (\w+): (.+)$", line)):
            cur["name"][m.group(1)] = m.group(2).strip().strip("'\"")
        elif section == "terms":
            if m := re.match(r"^  - (\w+): (.+)$", line):
                term = {m.group(1): m.group(2).strip().strip("'\"")}
                cur["terms"].append(term)
            elif (m := re.match(r"^    (\w+): (.+)$", line)) and term is not None:
                term[m.group(1)] = m.group(2).strip().strip("'\"")
    return people


def americans(facts):
    rows = []
    kinds = {"viceprez": ("GOV", "vice president"), "sen": ("LEG", "senator"), "rep": ("LEG", "representative")}
    for path in ("/us_executive.yaml", "/us_legislators_current.yaml"):
        for p in yaml_people(facts + path):
            n = p["name"]
            first, last = n.get("first", ""), n.get("last", "")
            forms = [n.get("official_full", ""), first + " " + last]
            if n.get("nickname"):
                forms.append(n["nickname"] + " " + last)
            if n.get("middle"):
                forms.append("%s %s %s" % (first, n["middle"], last))
            short = (n.get("nickname") or first) + " " + last
            name = short if path.endswith("executive.yaml") else (n.get("official_full") or first + " " + last)
            spans = []
            for t in p["terms"]:
                if t.get("type") not in kinds or t.get("end", "9") < "1945":
                    continue
                k = kinds[t["type"]]
                end = t.get("end", "")
                if spans and spans[-1][0] == k and (dt.date.fromisoformat(t["start"]) - dt.date.fromisoformat(spans[-1][2])).days < 100:
                    spans[-1][2] = end
                else:
                    spans.append([k, t["start"], end])
            for (sector, office), s, e in spans:
                rows.append(dict(iso="USA", sector=sector, office=office, name=name, aliases=[f for f in forms if f.strip() != name],
                                 start=s, end=e if e < "2026-06" or office == "vice president" and e < "2027" else "", source="unitedstates/congress-legislators"))
    return rows


def main(facts):
    print(igo(), "offices of bodies")
    since = {}
    for r in tsv("countries.tsv", OUT):
        since[r["iso3"]] = min(since.get(r["iso3"], "9"), r["start"] or "0")
    leaders, others = bl.collect(facts)
    known = {}
    for r in leaders:
        known.setdefault(r["iso"], []).append(r)
    rows = [dict(iso=r["head"][0], sector=r["head"][1], office=" ".join(r["head"][2:]), **{k: r[k] for k in ("name", "aliases", "start", "end", "source")})
            for r in blocks("officials.txt")]
    names = {}
    for r in rows:
        names.setdefault(r["iso"], []).append(r)
    rows += deputies(facts) + americans(facts)
    for r in rows:
        if r not in names.get(r["iso"], []):
            names.setdefault(r["iso"], []).append(r)
    for r in [dict(r, sector="GOV", office=UNNAMED) for r in others] + ministers(facts):
        if r["iso"] not in since or r["start"] < since[r["iso"]] or TITLED.match(r["name"]):
            continue
        r["aliases"] = [a for a in r["aliases"] if not TITLED.match(a)]
        mine = {fold(r["name"])} | {fold(a) for a in r["aliases"]}
        if not any(mine & ({fold(o["name"])} | {fold(a) for a in o["aliases"]}) and bl.overlap(o, r)
                   for o in known.get(r["iso"], []) + names.get(r["iso"], [])):
            rows.append(r)
    # A person has one spelling within a country: the leaders' first.
    spelling = {}
    for r in leaders + rows:
        for n in [r["name"]] + r["aliases"]:
            if " " in n:
                spelling.setdefault((r["iso"], fold(n)), r["name"])
    seen, table = set(), []
    for r in rows:
        if r["iso"] not in since or not r["name"].strip(" .") or r["end"] and r["end"] < max(r["start"], "1945"):
            continue
        name = spelling.get((r["iso"], fold(r["name"])), r["name"])
        al = unique(r["aliases"] + ([r["name"]] if name != r["name"] else []))
        al = [a for a in al if a != name and (" " in a or r["source"].startswith("hand")) and "." != a[-1:] or a.endswith("Jr.")]
        row = [r["iso"], r["sector"], r["office"], name, "|".join(al), r["start"], r["end"], r["source"]]
        if tuple(row[:4] + [r["start"]]) not in seen:
            seen.add(tuple(row[:4] + [r["start"]]))
            table.append(row)
    table.sort(key=lambda t: (t[0], not t[7].startswith("hand"), t[2], t[5], t[3]))
    write("officials.tsv", [
        "Ministers, envoys, commanders, party leaders, members of the U.S. Congress. Made by build/build_officials.py; edit",
        "build/officials.txt. source: hand; CIA World Factbook; OEDA = Open Event Data Alliance 2014 (to the month, often without",
        "the name of the office); unitedstates/congress-legislators (CC0). Later ministers are in officials_modern.tsv.",
    ], "iso3 sector office name aliases start end source".split(), table)
    print(len(table), "officials")


if __name__ == "__main__":
    main(sys.argv[1])
