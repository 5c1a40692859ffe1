"""The record, as docs/schema.md describes it: names, order and meaning of fields are the same."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Callable, Dict, FrozenSet, List, Optional, Tuple, Type, TypeVar

Span = Tuple[int, int]
"""First byte and one past the last, of the text in UTF-8; `Record.quote` gives the words."""

T = TypeVar("T", bound="Part")


def _optional(**more: Any) -> Any:
    """A field that is left out of dictionaries where it is None."""
    return field(default=None, metadata={"optional": True, **more})


class Part:
    """A part of a record."""

    _read: Dict[str, Callable[[Any], Any]] = {}

    @classmethod
    def from_dict(cls: Type[T], data: Dict[str, Any]) -> T:
        """The part that a dictionary tells of; keys that it does not know are passed over."""
        known, needed = _names(cls)  # type: ignore[arg-type]
        values = dict(data) if data.keys() <= known else {k: v for k, v in data.items() if k in known}
        for name, read in cls._read.items():
            value = values.get(name)
            if value is not None:
                values[name] = read(value)
        if not needed <= values.keys():
            return cls(**values)
        # As the constructor does, in a third of the time: what is left out has its default from the class.
        part = object.__new__(cls)
        part.__dict__.update(values)
        return part

    def to_dict(self) -> Dict[str, Any]:
        """The same as a dictionary that `json` can write, as `readout code` writes it."""
        out = {}
        for f in fields(self):  # type: ignore[arg-type]
            value = getattr(self, f.name)
            if f.metadata.get("hidden") or (value is None and f.metadata.get("optional")):
                continue
            out[f.name] = _plain(value)
        return out


@lru_cache(maxsize=None)
def _names(kind: Type[Part]) -> Tuple[FrozenSet[str], FrozenSet[str]]:
    """The fields of a part, and those without a default that the class itself has."""
    names = frozenset(f.name for f in fields(kind))  # type: ignore[arg-type]
    return names, frozenset(name for name in names if not hasattr(kind, name))


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_dict()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _spans(value: Any) -> List[Span]:
    return list(map(tuple, value))


def _list(kind: Type[T]) -> Callable[[Any], List[T]]:
    return lambda items: [kind.from_dict(item) for item in items]


@dataclass(frozen=True)
class Party(Part):
    """A party on one side of an event."""

    text: str
    span: Span
    name: Optional[str]
    code: str
    country: Optional[str]
    sector: Optional[str]
    inferred: Optional[str]
    _read = {"span": tuple}


@dataclass(frozen=True)
class Place(Part):
    """Where an event happened; degrees north and east."""

    text: str
    span: Span
    lat: Optional[float]
    lon: Optional[float]
    country: Optional[str]
    admin1: Optional[str]
    _read = {"span": tuple}


@dataclass(frozen=True)
class Speaker(Part):
    """One link of a chain of speakers."""

    text: Optional[str]
    span: Optional[Span]
    name: Optional[str]
    code: str
    cue: str
    _read = {"span": tuple}


@dataclass(frozen=True)
class Event(Part):
    """One act, as one sentence tells it."""

    id: str
    sent: int
    trigger: str
    span: Span
    type: str
    mode: Optional[str]
    contexts: List[str]
    cameo: Optional[str]
    quad: int
    score: float
    goldstein: Optional[float]
    actor: List[Party]
    recipient: List[Party]
    status: str
    place: Optional[Place]
    when: Optional[str]
    when_span: Optional[Span]
    date: Optional[str]
    granularity: Optional[str]
    said_by: List[Speaker]
    rule: str
    confidence: float
    same_as: Optional[str] = _optional()
    _read = {
        "span": tuple,
        "actor": _list(Party),
        "recipient": _list(Party),
        "place": Place.from_dict,
        "when_span": tuple,
        "said_by": _list(Speaker),
    }

    @property
    def days(self) -> Optional[Tuple[datetime.date, datetime.date]]:
        """First and last day, both included, where the text tells when it happened."""
        if self.date is None:
            return None
        first, _, last = self.date.partition("/")
        return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)


@dataclass(frozen=True)
class Phrase(Part):
    """Words and where they stand."""

    text: str
    spans: List[Span]
    _read = {"spans": _spans}


@dataclass(frozen=True)
class Source(Part):
    """Who says something."""

    text: Optional[str]
    spans: List[Span]
    name: Optional[str]
    code: str
    _read = {"spans": _spans}


@dataclass(frozen=True)
class Attribution(Part):
    """Who says what, in one sentence."""

    sent: int
    source: Source
    cue: Phrase
    content: Phrase
    kind: str
    nested_in: Optional[int]
    continues: Optional[int]
    _read = {"source": Source.from_dict, "cue": Phrase.from_dict, "content": Phrase.from_dict}


@dataclass(frozen=True)
class Dateline(Part):
    """Where and when a report was filed."""

    place: Optional[str]
    date: Optional[str]
    span: Span
    _read = {"span": tuple}


@dataclass(frozen=True)
class Sentence(Part):
    """One sentence."""

    span: Span
    text: Optional[str] = _optional()
    _read = {"span": tuple}


@dataclass(frozen=True)
class Furniture(Part):
    """A part of the text that is not its body."""

    kind: str
    span: Span
    value: Optional[str]
    _read = {"span": tuple}


@dataclass(frozen=True)
class Problem(Part):
    """Something wrong with the input that did not stop it."""

    span: Optional[Span]
    what: str
    _read = {"span": tuple}


@dataclass(frozen=True)
class Record(Part):
    """All that was read from one report."""

    schema: str
    id: str
    uri: Optional[str] = None
    title: Optional[str] = None
    author: Optional[str] = _optional()
    published: Optional[str] = None
    publisher: Optional[str] = None
    language: Optional[str] = None
    licence: Optional[str] = None
    byline: Optional[str] = None
    credit: Optional[str] = None
    dateline: Optional[Dateline] = None
    codebook: Optional[str] = None
    sentences: List[Sentence] = field(default_factory=list)
    furniture: List[Furniture] = field(default_factory=list)
    events: List[Event] = field(default_factory=list)
    attributions: List[Attribution] = field(default_factory=list)
    problems: List[Problem] = field(default_factory=list)
    text: Optional[str] = field(default=None, repr=False, compare=False, metadata={"hidden": True})
    _read = {
        "dateline": Dateline.from_dict,
        "sentences": _list(Sentence),
        "furniture": _list(Furniture),
        "events": _list(Event),
        "attributions": _list(Attribution),
        "problems": _list(Problem),
    }

    @property
    def coded(self) -> bool:
        """Whether it was coded; a report in another language than English is not, unless that is asked for."""
        return self.codebook is not None

    def quote(self, span: Span) -> str:
        """The words of a span. Needs the text, which records of `code` have."""
        if self.text is None:
            raise ValueError("this record has no text; make it by readout.code, or set text=")
        return self.text.encode("utf-8", "surrogatepass")[span[0] : span[1]].decode("utf-8", "replace")

    def _repr_html_(self) -> Optional[str]:
        from ._readout import marked

        return None if self.text is None else marked(self.text, json.dumps(self.to_dict()).encode())


@dataclass(frozen=True)
class Rejection:
    """A report that was not read, and why."""

    reason: str
    hint: str
    index: int

    def __bool__(self) -> bool:
        return False
