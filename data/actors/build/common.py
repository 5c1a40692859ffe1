"""Helpers shared by the scripts that build the actor tables."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.dirname(HERE)


def lines(name):
    """Lines of a hand-written file beside the scripts, without comments and blanks."""
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.strip() and not line.startswith("#"):
                yield line


def tsv(name, folder=HERE):
    """Rows of a TSV file as dicts keyed by its header."""
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        rows = [l.rstrip("\n").split("\t") for l in f if l.strip() and not l.startswith("#")]
    head = rows[0]
    return [dict(zip(head, r + [""] * (len(head) - len(r)))) for r in rows[1:]]


def write(name, comment, header, rows):
    """Write a table to the folder above: comment lines, header, rows (lists of strings)."""
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="\n") as f:
        for line in comment:
            f.write("# " + line + "\n")
        f.write("\t".join(header) + "\n")
        for r in rows:
            assert len(r) == len(header), r
            f.write("\t".join(str(c).replace("\t", " ") for c in r) + "\n")


def unique(items):
    """Items in order, without empties and repeats."""
    seen, out = set(), []
    for i in items:
        i = i.strip()
        if i and i not in seen:
            seen.add(i)
            out.append(i)
    return out
