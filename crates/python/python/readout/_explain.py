"""How a text is read."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from html import escape
from typing import List, Optional

from ._coding import Day, Report, _report, _written, coder
from ._records import Part, Record, Span


@dataclass(frozen=True)
class Word(Part):
    """A word with its place in the tree of its sentence; `head` counts from 0 and is None for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: Optional[int]
    deprel: str
    span: Span
    _read = {"span": tuple}


@dataclass(frozen=True)
class Rule(Part):
    """A rule of the codebook that was looked at, for a word of a sentence."""

    sent: int
    word: int
    rule: str
    entry: str
    fired: bool
    why_not: Optional[str]


@dataclass(frozen=True)
class Explanation:
    """A record, with the trees of its sentences and the rules that fired or nearly did. Notebooks show it."""

    record: Record
    sentences: List[List[Word]]
    rules: List[Rule]

    def _repr_html_(self) -> str:
        trees = "".join(_tree(i, words, self.rules) for i, words in enumerate(self.sentences))
        return f"{self.record._repr_html_() or ''}{trees}"

    def __str__(self) -> str:
        out = []
        for i, words in enumerate(self.sentences):
            for n, word in enumerate(words):
                head = "root" if word.head is None else f"{words[word.head].form} ({word.deprel})"
                out.append(f"{n:4} {word.form:20} {word.upos:6} {head}")
            out.extend(_line(rule, words) for rule in self.rules if rule.sent == i)
            out.append("")
        return "\n".join(out)


def _line(rule: Rule, words: List[Word]) -> str:
    word = words[rule.word].form if rule.word < len(words) else ""
    return f"     {rule.rule} ({rule.entry}) at {word!r}" + ("" if rule.fired else f": {rule.why_not}")


def _tree(index: int, words: List[Word], rules: List[Rule]) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(w.form)}</td><td>{escape(w.lemma)}</td><td>{w.upos}</td>"
        f"<td>{'' if w.head is None else w.head}</td><td>{escape(w.deprel)}</td></tr>"
        for n, w in enumerate(words)
    )
    tried = "".join(f"<li>{escape(_line(rule, words).strip())}</li>" for rule in rules if rule.sent == index)
    head = "<tr><th></th><th>word</th><th>lemma</th><th>tag</th><th>head</th><th>relation</th></tr>"
    return f"<details><summary>Sentence {index + 1}: tree and rules</summary><table>{head}{rows}</table><ul>{tried}</ul></details>"


def explain(text: Report, *, published: Optional[Day] = None, publisher: Optional[str] = None) -> Explanation:
    """Shows how a text is read: its words and trees, its record, the rules that fired or nearly did.

    Raises `ValueError` where the text is empty. In a notebook the text is shown with its events drawn into it.
    """
    report = _report(text, {"published": published, "publisher": publisher})
    told = json.loads(coder("all", None, True).explain(json.dumps(report, default=_written).encode()))
    given = report.get("text")
    record = dataclasses.replace(Record.from_dict(told["record"]), text=given if isinstance(given, str) else None)
    sentences = [[Word.from_dict(word) for word in words] for words in told["sentences"]]
    return Explanation(record, sentences, [Rule.from_dict(rule) for rule in told["rules"]])
