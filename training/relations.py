"""Sentences to train the classifier of relations on: written ones, and ones made from patterns.

`relations/written/TYPE.txt` holds one sentence a line, `[source]` and `{target}` marked inline; `relations/patterns/`
holds patterns: `(a|b|)` is one of these, `<slot>` a name or description from `slots.txt` or from the tables of actors.
A pattern's sentence gets a beginning and an end from `frames.txt`. Standard library only.
"""
import csv
import random
import re
from pathlib import Path

HERE = Path(__file__).parent / "relations"
TABLES = Path(__file__).parent.parent / "data" / "actors"
TYPES = ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
         "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"]
PERSON_PERCENT = 12
WORD = re.compile(r"\w+(?=n't)|n't|'\w+|(?:[A-Za-z]\.){2,}|\d[\d,.]*\d|\w+|[^\w\s]", re.IGNORECASE)


class Sentence:
    """A text with the spans (characters) of the source and of the target, and the type of their relation."""

    def __init__(self, text, source, target, kind, ident=None):
        self.text, self.source, self.target, self.kind, self.ident = text, source, target, kind, ident

    def __repr__(self):
        return f"Sentence({self.text!r}, {self.source}, {self.target}, {self.kind})"


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [s for s in (line.strip() for line in file) if s and not s.startswith("#")]


def marked(line, kind):
    """A sentence from one with `[source]` and `{target}` marked inline; `None` where the marks do not pair."""
    text, spans, opened = [], {"[": [], "{": []}, {}
    close = {"]": "[", "}": "{"}
    at = 0
    for c in line:
        if c in spans:
            if c in opened:
                return None
            opened[c] = at
        elif c in close:
            if close[c] not in opened:
                return None
            spans[close[c]].append((opened.pop(close[c]), at))
        else:
            text.append(c)
            at += 1
    if opened or not (spans["["] or spans["{"]):
        return None
    return Sentence("".join(text), spans["["], spans["{"], kind)


def written(folder=HERE / "written"):
    """All written sentences."""
    out = []
    for path in sorted(Path(folder).glob("*.txt")):
        kind = path.stem.split("_")[0]
        if kind in TYPES:
            out += [s for s in (marked(line, kind) for line in lines(path)) if s]
    return out


def table(name):
    with open(TABLES / name, encoding="utf-8") as file:
        rows = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


class Names:
    """Countries and persons of the tables, for slots and for swaps."""

    def __init__(self):
        self.countries = []
        for row in table("countries.tsv"):
            names, adjectives = row["names"].split("|"), row["adjectives"].split("|")
            if row["end"] == "" and row["cow"] and names[0] and adjectives[0]:
                self.countries.append({"state": names[0] or row["name"], "adj": adjectives[0],
                                       "capital": row["capitals"].split("|")[0], "iso3": row["iso3"]})
        self.countries = [c for c in self.countries if c["capital"]]
        modern = [row["name"] for row in table("officials_modern.tsv") if row["name"].count(" ") in (1, 2)]
        self.persons = sorted(set(modern))
        self.organisations = [row["name"] for row in table("organisations.tsv") if len(row["name"].split()) < 5]
        self.forms = {}
        for i, c in enumerate(self.countries):
            for key in ("state", "adj", "capital"):
                self.forms.setdefault(c[key], (i, key))
        longest_first = sorted(self.forms, key=len, reverse=True)
        self.pattern = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b")

    def country(self, rng):
        # States that much news is of come up more often, as they do in news.
        if rng.random() < 0.5:
            return rng.choice([c for c in self.countries if c["iso3"] in FREQUENT])
        return rng.choice(self.countries)

    def swap(self, sentence, rng):
        """The sentence with each country it names replaced by another, the same one throughout."""
        other = {}
        edits = []
        for m in self.pattern.finditer(sentence.text):
            i, key = self.forms[m.group()]
            if i not in other:
                other[i] = self.country(rng)
            edits.append((m.start(), m.end(), other[i][key]))
        return edited(sentence, edits)


FREQUENT = set("USA RUS CHN IRN ISR TUR SYR IRQ AFG PAK IND UKR FRA GBR DEU SAU EGY LBN YEM SDN LBY PRK KOR JPN VEN "
               "NGA ETH SOM COL MMR QAT ARE".split())


def edited(sentence, edits):
    """The sentence with `(start, end, new)` pieces replaced, and its spans moved along."""
    text, last = [], 0
    for start, end, new in edits:
        text += [sentence.text[last:start], new]
        last = end
    text.append(sentence.text[last:])

    def move(at, is_end):
        shift = 0
        for start, end, new in edits:
            if end <= at if is_end else end <= at:
                shift += len(new) - (end - start)
            elif start < at < end:
                return start + shift + (len(new) if is_end else 0)
        return at + shift
    spans = lambda all_: [(move(a, False), move(b, True)) for a, b in all_]
    return Sentence("".join(text), spans(sentence.source), spans(sentence.target), sentence.kind, sentence.ident)


class Patterns:
    """Makes sentences from patterns."""

    def __init__(self, names, folder=HERE / "patterns"):
        self.names = names
        self.slots = {}
        for line in lines(Path(folder) / "slots.txt"):
            name, _, body = line.partition(":")
            self.slots.setdefault(name.strip(), []).append(body.strip())
        frames = [line.partition(":") for line in lines(Path(folder) / "frames.txt")]
        self.before = [body.strip() for kind, _, body in frames if kind == "before"]
        self.after = [body.strip() for kind, _, body in frames if kind == "after"]
        self.patterns = [(path.stem, line) for path in sorted(Path(folder).glob("[A-Z]*.txt"))
                         if path.stem in TYPES for line in lines(path)]

    def choose(self, text, rng):
        """`text` with each innermost `(a|b)` replaced by one of its parts, until none is left."""
        inner = re.compile(r"\(([^()]*\|[^()]*)\)")
        while m := inner.search(text):
            text = text[:m.start()] + rng.choice(m.group(1).split("|")) + text[m.end():]
        return text

    def fill(self, text, rng, depth=0):
        def one(m):
            slot = m.group(1)
            if slot in self.slots:
                chosen = rng.choice(self.slots[slot])
                return self.fill(self.choose(chosen, rng), rng, depth + 1) if depth < 6 else slot
            if slot in ("state", "adj", "capital"):
                return self.names.country(rng)[slot]
            if slot == "person":
                return rng.choice(self.names.persons)
            if slot == "organisation":
                return rng.choice(self.names.organisations)
            if slot == "number":
                return rng.choice(["two", "three", "four", "five", "six", "12", "15", "20", "30", "45", "100", "250",
                                   "dozens of", "hundreds of", "about 40", "at least 16", "some 70"])
            raise ValueError(f"unknown slot <{slot}>")
        return re.sub(r"<(\w+)>", one, text)

    def make(self, rng, kind=None):
        """One sentence from a pattern, of type `kind` where given."""
        which = [p for p in self.patterns if kind is None or p[0] == kind]
        kind, pattern = rng.choice(which)
        line = self.choose(pattern, rng)
        r = rng.random()
        if r < 0.35:
            line = self.choose(rng.choice(self.before), rng) + " " + line
        if rng.random() < 0.55:
            line += " " + self.choose(rng.choice(self.after), rng)
        line = self.fill(line, rng)
        line = re.sub(r"\s+", " ", line).replace(" ,", ",").strip()
        line = line if line.endswith(".") else line + "."
        # A sentence starts with a capital, within a mark too.
        line = re.sub(r"^([\[{]?)([a-z])", lambda m: m.group(1) + m.group(2).upper(), line)
        sentence = marked(re.sub(r"\ba (?=[aeiouAEIO])", "an ", line), kind)
        if sentence is None:
            raise ValueError(f"marks do not pair: {line}")
        return sentence


def swapped_spans(sentence, other, rng):
    """The sentence with its source or its target taken from another sentence."""
    side = rng.choice(["source", "target"])
    mine, theirs = getattr(sentence, side), getattr(other, side)
    if len(mine) != 1 or len(theirs) != 1:
        return sentence
    (start, end), (a, b) = mine[0], theirs[0]
    if any(s < end and e > start for s, e in sentence.source + sentence.target if (s, e) != (start, end)):
        return sentence
    new = other.text[a:b]
    if a == 0 and start > 0 and new[:1].isupper() and new.split()[0] in ("The", "A", "An"):
        new = new[0].lower() + new[1:]
    return edited(sentence, [(start, end, new)])


def words(text):
    """Words with their spans, cut about as readout cuts them."""
    return [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]


def marks(sentence):
    """For each word 1 within the source, 2 within the target, 3 within both, else 0."""
    inside = lambda spans, a, b: any(s < b and e > a for s, e in spans)
    return [inside(sentence.source, a, b) + 2 * inside(sentence.target, a, b) for _, a, b in words(sentence.text)]
