"""Reads the actor dictionary of the Open Event Data Alliance (see NOTICE): persons with dated codes."""
import re

LINE = re.compile(r"^\s*\[([A-Z]{3})([A-Z]*)\s*(?:([<>])?(\d+)(?:-(\d+))?)?\s*\]")


def day(s, late=False):
    """yymmdd or yyyymmdd -> ISO; two-digit years to 14 are of this century."""
    if len(s) == 8:
        y, rest = s[:4], s[4:]
    elif len(s) == 6:
        y, rest = ("20" if int(s[:2]) <= 14 else "19") + s[:2], s[2:]
    else:
        return ""
    m, d = int(rest[:2]) or 1, int(rest[2:]) or 1
    return "%s-%02d-%02d" % (y, min(m, 12), min(d, 31))


def persons(path):
    """Yield (name, aliases, [(iso3, sector, start, end)], is_leader) for each person of the file."""
    name, alias, codes = None, [], []
    with open(path, encoding="utf-8", errors="replace") as f:
        for raw in list(f) + ["END_\n"]:
            line = raw.rstrip("\n")
            if line.startswith("#") or not line.strip():
                continue
            m = LINE.match(line)
            if m:
                iso, sec, rel, a, b = m.groups()
                start = day(a) if a and rel != "<" else ""
                end = day(a) if a and rel == "<" else (day(b) if b else "")
                codes.append((iso, sec, start, end))
                continue
            head = line.split(";")[0].split("#")[0].strip()
            if head.startswith("+"):
                alias.append(head[1:].strip("_ "))
                continue
            if name and codes and "CountryInfo" in name[1]:
                yield name[0], alias, codes, any(c[1].startswith("ELI") for c in codes)
            name, alias, codes = (head.strip("_ "), line), [], []
