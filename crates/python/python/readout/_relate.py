"""What one marked party does to another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, List, Optional, Sequence, Tuple, Union

from . import _readout

Marked = Union[str, Tuple[int, int], Sequence[Tuple[int, int]]]
"""Words as they stand in the text, or first and one past the last character, or several of those."""


@dataclass(frozen=True)
class Relation:
    """The best PLOVER type for a pair, and what it rests on: `event`, `path` or `classifier`."""

    type: str
    mode: Optional[str]
    confidence: float
    basis: str
    rule: Optional[str]
    trigger: Optional[str]


def relate(text: str, source: Marked, target: Marked) -> Relation:
    """The best PLOVER type for what `source` does to `target` in `text`; there always is one.

        >>> readout.relate("Norway condemned the arrest of three teachers in Peru.", "Norway", "Peru").type
        'ACCUSE'

    Raises `ValueError` where words do not stand in the text.
    """
    return relate_all([(text, source, target)])[0]


def relate_all(pairs: Iterable[Tuple[str, Marked, Marked]]) -> List[Relation]:
    """The same for many pairs of text, source and target, on all cores, in their order."""
    marked = [(text, _bytes(text, source), _bytes(text, target)) for text, source, target in pairs]
    return [_relation(answer) for answer in _readout.relate(marked)]


def _relation(answer: Optional[str]) -> Relation:
    if answer is None:
        raise RuntimeError("a pair could not be answered because of a fault in readout; please report it with the text")
    told = json.loads(answer)
    why = told["reason"]
    return Relation(told["type"], told["mode"], told["confidence"], why["basis"], why.get("rule"), why.get("trigger"))


def _bytes(text: str, marked: Marked) -> List[Tuple[int, int]]:
    """Spans in bytes of UTF-8."""
    if isinstance(marked, str):
        start = text.find(marked) if marked else -1
        if start < 0:
            raise ValueError(f"{marked!r} does not stand in the text")
        spans: Sequence[Tuple[int, int]] = [(start, start + len(marked))]
    elif len(marked) == 2 and isinstance(marked[0], int):
        spans = [marked]  # type: ignore[list-item]
    else:
        spans = marked  # type: ignore[assignment]
    count = [0]
    for character in text:
        count.append(count[-1] + len(character.encode("utf-8", "surrogatepass")))
    end = len(text)
    return [(count[min(max(a, 0), end)], count[min(max(b, 0), end)]) for a, b in spans]
