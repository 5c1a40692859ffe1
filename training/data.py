"""Read the treebanks and name annotations that the reader is trained on.

Everything comes from one folder (by default `../shared/ud`): EWT and the GUM genres with free texts
as CoNLL-U, and the names of Universal NER for EWT as IOB2. Nothing else is read.
"""
import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
NAME_LABELS = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC") for p in "BI"]


@dataclass
class Sentence:
    """One sentence: parallel lists over its syntactic words; `heads` are 1-based, 0 is the root."""
    text: str = ""
    sent_id: str = ""
    words: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    names: list | None = None
    misc: list = field(default_factory=list)


def read_conllu(path):
    """Sentences of a gzipped CoNLL-U file; multi-word ranges and empty nodes are left out."""
    sentence = Sentence()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if sentence.words:
                    yield sentence
                sentence = Sentence()
            elif line.startswith("# text ="):
                sentence.text = line[8:].strip()
            elif line.startswith("# sent_id ="):
                sentence.sent_id = line[11:].strip()
            elif not line.startswith("#"):
                c = line.split("\t")
                if "-" in c[0] or "." in c[0]:
                    continue
                sentence.words.append(c[1])
                sentence.lemmas.append(c[2])
                sentence.upos.append(c[3])
                sentence.xpos.append(c[4])
                sentence.heads.append(int(c[6]))
                sentence.deprels.append(c[7])
                sentence.misc.append(c[9])
    if sentence.words:
        yield sentence


def read_iob2(path):
    """sent_id -> (words, labels) of a Universal NER file; labels beside PER, ORG and LOC become O."""
    out, sent_id, words, labels = {}, None, [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in list(lines) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif not line:
                if words:
                    out[sent_id] = (words, labels)
                words, labels = [], []
            elif not line.startswith("#"):
                c = line.split("\t")
                words.append(c[1])
                labels.append(c[2] if c[2] in NAME_LABELS else "O")
    return out


def gum_names(sentence):
    """BIO names from GUM's `Entity=`: mentions of persons, organisations and places headed by a proper noun.

    The label covers the run of proper nouns around the head, since GUM's mentions also hold articles and
    modifiers. Returns one label a word.
    """
    n = len(sentence.words)
    labels, open_mentions, mentions = ["O"] * n, [], []
    for i, misc in enumerate(sentence.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for opened, closed, single in re.findall(r"\(([^()]+)(?!\))(?=[(]|$|[^)])|(\d+\))|\(([^()]+)\)", value):
            if single:
                mentions.append((i, i, single.split("-")[1] if "-" in single else ""))
            elif opened:
                parts = opened.split("-")
                open_mentions.append((parts[0], i, parts[1] if len(parts) > 1 else ""))
            elif closed:
                for k in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[k][0] == closed[:-1]:
                        _, start, kind = open_mentions.pop(k)
                        mentions.append((start, i, kind))
                        break
    for start, end, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        label = NAME_TYPES.get(kind)
        heads = [i for i in range(start, end + 1) if not (start + 1 <= sentence.heads[i] <= end + 1)]
        if not label or not heads or sentence.upos[heads[0]] != "PROPN":
            continue
        a = b = heads[0]
        while a > start and sentence.upos[a - 1] == "PROPN":
            a -= 1
        while b < end and sentence.upos[b + 1] == "PROPN":
            b += 1
        if any(x != "O" for x in labels[a:b + 1]):
            continue
        labels[a:b + 1] = [f"B-{label}"] + [f"I-{label}"] * (b - a)
    return labels


def load(folder, corpus, part):
    """Sentences of `ewt` or `gum`, `train`, `dev` or `test`, with their names."""
    folder = Path(folder)
    sentences = list(read_conllu(folder / f"en_{corpus}-{part}.conllu.gz"))
    uner = read_iob2(folder / f"uner_ewt-{part}.iob2.gz") if corpus == "ewt" else {}
    for s in sentences:
        if corpus == "gum":
            s.names = gum_names(s)
        elif s.sent_id in uner and len(uner[s.sent_id][0]) == len(s.words):
            s.names = uner[s.sent_id][1]
    return sentences
