"""Make ../leaders.tsv: heads of state and government since 1945.

Usage: build_leaders.py FACTS_FOLDER
Order of trust: leaders.txt (by hand), CIA World Factbook, REIGN (dates), OEDA dictionary (full names to 2014).
"""
import csv
import datetime as dt
import re
import sys

from common import OUT, lines, tsv, unique, write
from names import alike, bare, fold, tidy, title_words
from phoenix import persons

# Heads of state whom the Factbook lists again under every territory and realm: kept under their own state only.
SOVEREIGNS = re.compile(r"Macron|Hollande|Charles III|Elizabeth|Margrethe|Frederik X|Willem|Beatrix|Obama|Trump|Biden|Xi Jinping|Vives")
REALMS = {"Macron": "FRA", "Hollande": "FRA", "Charles III": "GBR", "Elizabeth": "GBR", "Margrethe": "DNK", "Frederik X": "DNK",
          "Willem": "NLD", "Beatrix": "NLD", "Obama": "USA", "Trump": "USA", "Biden": "USA", "Xi Jinping": "CHN", "Vives": "AND"}
# Slips of the source.
WRONG = {("JAM", "Michaelle Jean"), ("ROU", "Ilie Bolojan", "prime minister"), ("SVN", "Natasa Pirc Musar", "prime minister"), ("KOR", "Lee Ju Ho", "prime minister")}
LAST_EDITION = "2026-05-17"
# Where the de-facto leader that REIGN lists is the head of government (else the president).
PARLIAMENTARY = set("""GBR CAN AUS NZL IRL NLD BEL LUX DNK NOR SWE ISL FIN DEU AUT ITA ESP PRT GRC MLT IND PAK BGD LKA
NPL JPN THA MYS SGP PNG FJI SLB VUT TUV TTO JAM BRB BHS BLZ GRD LCA VCT ATG KNA DMA GUY MUS ISR LBN TUR IRQ CZE SVK HUN
POL SVN HRV BIH MKD MNE ALB BGR ROU EST LVA LTU MDA XKX LSO ETH KHM LAO MNG WSM TON NRU MCO LIE AND SMR ZAF CPV STP TLS
ARM GEO""".split())
MONARCH = {"SAU": "king", "KWT": "emir", "QAT": "emir", "OMN": "sultan", "BHR": "king", "JOR": "king", "MAR": "king",
           "BRN": "sultan", "SWZ": "king", "BTN": "king", "ARE": "president", "LIE": "prince", "MCO": "prince"}
# No head of that kind is missing here: the gaps of the lists are true.
GAPS = {"IRQ", "PAK", "TUR", "IRN", "CHN", "LBN", "CUB", "SYR", "FRA", "COD"}
KINGS = re.compile("Bir Bikram|Tribhuvan|Gyanendra|Mahendra|Birendra")
GOVERNMENT = {"prime minister", "premier", "chancellor", "chief minister", "head of government"}
PARTY = {"general secretary", "supreme leader", "leader"}


def group(office):
    return "hog" if office in GOVERNMENT else "party" if office in PARTY else \
        "heir" if office == "crown prince" else "hos"


def before(day):
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def by_hand():
    rows, complete, block = [], set(), None
    for line in lines("leaders.txt"):
        if line.startswith("@"):
            parts = line[1:].split()
            full = parts[-1] == "!"
            office = " ".join(parts[1:-1] if full else parts[1:])
            block = (parts[0], office)
            last = None
            if full:
                complete.add((parts[0], group(office)))
            continue
        dates, _, rest = line.partition(" ")
        start, slash, end = dates.partition("/")
        dt.date.fromisoformat(start)
        names = [n.strip() for n in rest.split("|")]
        if last is not None and last["end"] is None:
            last["end"] = before(start)
        last = dict(iso=block[0], office=block[1], name=names[0], aliases=names[1:], start=start,
                    end=end if slash else None, source="hand")
        if last["name"].startswith("?"):
            last.update(name=last["name"][1:], source="hand, unverified")
        rows.append(last)
    for r in rows:
        r["end"] = r["end"] or ""
    return rows, complete


OFFICES = [
    (r"deputy prime minister|deputy premier|vice premier|vice prime minister|vice chancellor", None),
    (r"vice president|deputy president|co-vice", None), (r"-elect", None), (r"prime minister crown prince", "prime minister"),
    (r"prime minister|taoiseach", "prime minister"), (r"president|chairperson of the presidency", "president"),
    (r"supreme leader", "supreme leader"), (r"governor.general", "governor general"), (r"lieutenant governor", "governor"),
    (r"governor", "governor"), (r"premier", "premier"), (r"chancellor", "chancellor"), (r"chief minister", "chief minister"),
    (r"sultan", "sultan"), (r"^king", "king"), (r"queen", "queen"), (r"amir|emir", "emir"), (r"emperor", "emperor"),
    (r"grand duke", "grand duke"), (r"crown prince", "crown prince"), (r"prince", "prince"), (r"pope", "pope"),
    (r"administrator|commissioner", "administrator"), (r"minister of state", "minister of state"),
    (r"head of government", "head of government"), (r"chair|transition", "leader"),
]


def norm_office(title):
    for pat, office in OFFICES:
        if re.search(pat, title.lower()):
            return office
    return ""


def fips_to_iso(facts):
    m = {}
    for r in csv.DictReader(open(facts + "/country_codes.csv", encoding="utf-8")):
        if r["FIPS"].strip():
            m[r["FIPS"].strip().lower()] = r["ISO3166-1-Alpha-3"]
    m.update({"ri": "SRB", "kv": "XKX", "we": "PSE", "gz": "PSE", "sv": "SJM"})
    return m


def merge_same(rows):
    """Join rows of one person in one office whose terms touch; spellings go to the aliases."""
    out = []
    for r in sorted(rows, key=lambda r: (r["iso"], r["office"], r["start"])):
        for o in out:
            if (o["iso"], o["office"]) == (r["iso"], r["office"]) and alike(o["name"], r["name"]) and \
                    abs((dt.date.fromisoformat(o["start"]) - dt.date.fromisoformat(r["start"])).days) < 200:
                o["aliases"] += [r["name"]] + r["aliases"]
                o["end"] = "" if not (o["end"] and r["end"]) else max(o["end"], r["end"])
                break
        else:
            out.append(r)
    return out


def factbook(facts, between=()):
    iso = fips_to_iso(facts)
    rows, later = [], {}
    table = list(csv.DictReader(open(facts + "/factbook_leaders.csv", encoding="utf-8")))
    # Since mid-2024 names with accents are garbled in the source and have no title: the same post since the same day.
    for r in table:
        if not r["title"] and r["first_seen"] > "2024-04":
            later[r["fips"], r["kind"], r["since"]] = r["last_seen"]
    for r in table:
        if r["last_seen"] > "2024-04" and not re.search("(?i)vice|deputy", r["title"]):
            r["last_seen"] = max(r["last_seen"], later.get((r["fips"], r["kind"], r["since"]), ""))
        office = norm_office(r["title"])
        if not office or r["fips"] not in iso or not r["since"] or re.search(r"vacant|^to be|^not ", r["name"]):
            continue
        name, nick = tidy(r["name"])
        family, _ = tidy(r["family"])
        if not name or len(name) < 3:
            continue
        realm = SOVEREIGNS.search(name)
        if realm and REALMS[realm.group(0)] != iso[r["fips"]] or name.startswith("of ") or \
                {(iso[r["fips"]], name), (iso[r["fips"]], name, office)} & WRONG:
            continue
        given = name.split()
        aliases = [n + " " + family for n in nick if family]
        if family and len(given) > 2 and given[0] not in family and name.endswith(family):
            aliases.append(given[0] + " " + family)
        if family and bare(family):
            aliases.append(family)
        rows.append(dict(iso=iso[r["fips"]], office=office, name=name, aliases=aliases, start=r["since"][:10],
                         end="" if r["last_seen"] >= LAST_EDITION else r["last_seen"], source="CIA World Factbook"))
    rows = [r for r in rows if re.match(r"^\d{4}-\d\d-\d\d$", r["start"])]
    rows = merge_same(rows)
    # A term ends the day before the next holder's. Between 2017-04 and 2020-11 no edition was seen: REIGN has the holders.
    for r in rows:
        gap = [o["start"] for o in between if o["iso"] == r["iso"] and group(o["office"]) == group(r["office"])
               and o["start"] > r["start"] and not alike(o["name"], r["name"]) and o["start"] > "2014"]
        after = sorted(gap if r["end"] and r["end"] < "2020-11-25" else []) + sorted(o["start"] for o in rows if o["iso"] == r["iso"] and o["office"] == r["office"]
                       and o["start"] > r["start"] and not alike(o["name"], r["name"]))
        if r["end"] and after and r["iso"] not in ("SMR", "BIH", "CHE"):
            r["end"] = before(min(after))
    return rows


def reign(facts):
    rows = [r for r in csv.DictReader(open(facts + "/office_holders.csv", encoding="utf-8"))
            if r["source"].startswith("REIGN")]
    whole = {}
    for line in lines("full_names.txt"):
        iso, family, names = line.split(";")
        whole[iso, fold(family)] = names.split("|")
    out = []
    for r in rows:
        e = r["end_or_last_seen"]
        if e and e < "1945":
            continue
        iso = r["iso3"]
        name = re.sub(r"^dit ", "", r["name"].strip())
        name = re.sub(r"^([^,]+), (.+)$", r"\2 \1", name)
        name = re.sub(r"^(\w+) ([A-Z]\.)$", r"\1", name)
        name = re.sub(r"\s*\([^)]*\)?", "", re.sub(r"\s+\(\d\w\w$", "", name)).split(",")[0].strip()
        name = re.sub(r"\s+", " ", name)
        if iso == "SMR" or not name:     # two captains regent for half a year each
            continue
        full = whole.get((iso, fold(name)))
        if full:
            name, *others = full
            extra = others + ([r["name"].strip()] if bare(r["name"]) else [])
        else:
            extra = []
        office = "king" if iso == "NPL" and KINGS.search(name) else MONARCH.get(iso) or ("chancellor" if iso in ("AUT", "DEU") else "prime minister" if iso in PARLIAMENTARY else "president")
        if e:
            y, m = int(e[:4]), int(e[5:7])
            e = (dt.date(y + m // 12, m % 12 + 1, 1) - dt.timedelta(days=1)).isoformat()
        out.append(dict(iso=iso, office=office, name=name, aliases=extra, start=r["start"], end=e,
                        source="REIGN"))
    by = {}
    for r in sorted(out, key=lambda r: r["start"]):
        by.setdefault(r["iso"], []).append(r)
    for rs in by.values():
        for a, b in zip(rs, rs[1:]):
            if not a["end"] or b["start"] <= a["end"]:
                a["end"] = before(b["start"])
    return [r for r in out if not r["end"] or r["end"] > r["start"]]


def phoenix(facts):
    out = []
    for name, alias, codes, leader in persons(facts + "/phoenix_countries_actors.txt"):
        if not leader:
            continue
        press = title_words(name)
        spans = sorted({(c[0], c[2], c[3]) for c in codes if c[1].startswith("GOV") and c[2]})
        for iso, start, end in spans:
            out.append(dict(iso=iso, office="", name=press, aliases=[title_words(a) for a in alias if 1 < a.count("_") + 1 < 4],
                            start=start, end=end, source="OEDA"))
    return out


def overlap(a, b):
    return a["start"] <= (b["end"] or "9999") and b["start"] <= (a["end"] or "9999")


def near(a, b):
    """Overlap of more than a few days."""
    lo, hi = max(a["start"], b["start"]), min(a["end"] or "2030-01-01", b["end"] or "2030-01-01")
    return lo < hi and (dt.date.fromisoformat(hi) - dt.date.fromisoformat(lo)).days > 20


def collect(facts):
    """(leaders, others): others are persons of the OEDA dictionary of whom it does not say which office they held."""
    rows, complete = by_hand()
    since = {}
    for r in tsv("countries.tsv", OUT):
        since[r["iso3"]] = min(since.get(r["iso3"], "9"), r["start"] or "0")
    index = {}
    for r in rows:
        index.setdefault(r["iso"], []).append(r)

    def add(r):
        mine = index.setdefault(r["iso"], [])
        g = group(r["office"])
        if r["iso"] not in since:
            return
        listed = [o for o in mine if group(o["office"]) == g and o["source"].startswith("hand")]
        if (r["iso"], g) in complete and listed:
            if (r["end"] or "9") > min(o["start"] for o in listed):
                # Gaps that the hand-written list leaves in the years before 1990 may be filled.
                if r["start"] > "1990" or r["iso"] in GAPS or any(overlap(o, r) and near(o, r) for o in listed):
                    return
        for o in mine:
            if alike(o["name"], r["name"]) and overlap(o, r) and (group(o["office"]) == g or r["source"] != "CIA World Factbook"):
                if not o["source"].startswith("hand"):
                    o["aliases"] += [r["name"]] + r["aliases"]
                return
        same = [o for o in mine if group(o["office"]) == g and near(o, r)]
        if same:
            if r["source"] == "CIA World Factbook" and r["start"] > max(o["start"] for o in same):
                pass
            else:
                return
        mine.append(r)
        rows.append(r)

    lead = reign(facts)
    for r in factbook(facts, lead):
        add(r)
    old = phoenix(facts)
    used, others = set(), []
    for r in lead:
        found = []
        for i, p in enumerate(old):
            days = abs((dt.date.fromisoformat(p["start"]) - dt.date.fromisoformat(r["start"])).days)
            if p["iso"] == r["iso"] and days < 400 and alike(p["name"], r["name"]):
                shared = len(set(fold(p["name"]).split()) & set(fold(r["name"]).split()))
                found.append((-shared, days, i))
        if found:
            best = min(found)
            p = old[best[2]]
            used.update(i for s, d, i in found if fold(old[i]["name"]) == fold(p["name"]))
            press = r["name"]
            if len(p["name"].split()) > len(press.split()):
                r["name"], r["aliases"] = p["name"], r["aliases"] + [press] + p["aliases"]
            r["source"] = "REIGN; OEDA"
        if len(r["name"].split()) == 1 and not bare(r["name"]) and r["office"] not in ("king", "emir", "sultan"):
            continue    # a bare common name cannot be told from others
        add(r)
    for i, p in enumerate(old):
        if i in used or (p["end"] and p["end"] < "1945"):
            continue
        if not p["end"]:
            p["end"] = "2014-01-31"
        # Under the code of Mauritius the dictionary also lists Mauritanians; terms before statehood are colonial.
        if p["end"] > p["start"] >= since.get(p["iso"], "9") and not (p["iso"] == "MUS" and " ould " in p["name"].lower()):
            mine = [o for o in index.get(p["iso"], []) if alike(o["name"], p["name"]) and overlap(o, p)]
            for o in mine:
                if not o["source"].startswith("hand"):
                    o["aliases"].append(p["name"])
            if not mine:
                others.append(p)
    return rows, others


def main(facts):
    rows, _ = collect(facts)
    table, full = [], {}
    for r in rows:
        if " " in r["name"]:
            full.setdefault((r["iso"], fold(r["name"].split()[-1])), r)
    for r in rows:
        same = full.get((r["iso"], fold(r["name"])))
        if " " not in r["name"] and same and r["source"] == "REIGN":    # REIGN has the family name only
            r["aliases"] = [r["name"]] + same["aliases"]
            r["name"] = same["name"]
        fam = r["name"].split()[-1]
        extra = [fam] if r["source"].startswith(("REIGN", "OEDA")) and bare(fam) and len(r["name"].split()) > 1 else []
        al = [a for a in unique(r["aliases"] + extra) if a != r["name"] and (" " in a and not a.startswith("of ") or bare(a) and "." not in a or r["source"].startswith("hand"))]
        table.append([r["iso"], r["office"], r["name"], "|".join(al), r["start"], r["end"], r["source"]])
    table.sort(key=lambda t: (t[0], t[1], t[4], t[2]))
    write("leaders.tsv", [
        "Heads of state and government and leaders in fact since 1945. Made by build/build_leaders.py; edit build/leaders.txt.",
        "source: hand = written from general knowledge; CIA World Factbook (end = next holder, or last edition seen);",
        "REIGN = Bell 2016 (end to the month); OEDA = Open Event Data Alliance 2014. A bare family name among the aliases",
        "counts only on the days of the row.",
    ], "iso3 office name aliases start end source".split(), table)
    print(len(table), "rows")


if __name__ == "__main__":
    main(sys.argv[1])
