"""Reports in, records out."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Union, overload

from . import _readout
from ._records import Record, Rejection

Report = Union[str, Mapping[str, Any]]
"""A text, or a mapping with `text` and what else is known: id, published, publisher, title, author, uri, language, licence."""

Day = Union[str, date, datetime]


class Rejected(ValueError):
    """A text that was not read; `rejection` says why."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(f"{rejection.reason}; {rejection.hint}")
        self.rejection = rejection


@lru_cache(maxsize=None)
def coder(read: str, threads: Optional[int], any_language: bool) -> _readout.Coder:
    """The reader, tables and codebook; loaded once for each way of reading."""
    return _readout.Coder(read, threads, any_language)


@overload
def code(  # type: ignore[overload-overlap]  # a string is an iterable of strings, but it is one report
    texts: Report,
    *,
    published: Optional[Day] = ...,
    publisher: Optional[str] = ...,
    language: Optional[str] = ...,
    read: str = ...,
    threads: Optional[int] = ...,
    any_language: bool = ...,
) -> Record: ...
@overload
def code(
    texts: Iterable[Report],
    *,
    published: Optional[Day] = ...,
    publisher: Optional[str] = ...,
    language: Optional[str] = ...,
    read: str = ...,
    threads: Optional[int] = ...,
    any_language: bool = ...,
) -> List[Union[Record, Rejection]]: ...
def code(
    texts: Union[Report, Iterable[Report]],
    *,
    published: Optional[Day] = None,
    publisher: Optional[str] = None,
    language: Optional[str] = None,
    read: str = "all",
    threads: Optional[int] = None,
    any_language: bool = False,
) -> Union[Record, List[Union[Record, Rejection]]]:
    """Codes a text, or any number of them.

    `texts` is a string, or a mapping with `text` and what else is known of it, or an iterable of those. `published`,
    `publisher` and `language` stand in where a report does not say. `read` is "all" sentences or those "likely" to hold an
    event, which is two to three times as fast. `threads` is one a core where it is not given.

    Gives a `Record` for one text, and raises `Rejected` where it is none. Gives a list for an iterable, in its order: a
    `Record` or a `Rejection` (which is false) for each.

        >>> records = readout.code(["Peru recalled its ambassador to Chile.", ""])
        >>> [bool(record) for record in records]
        [True, False]
    """
    known = {"published": published, "publisher": publisher, "language": language}
    one = isinstance(texts, (str, Mapping))
    reports: Iterable[Report] = [texts] if isinstance(texts, (str, Mapping)) else texts
    given = [_report(report, known) for report in reports]
    answers = coder(read, threads, any_language).code([json.dumps(report, default=_written).encode() for report in given])
    with _uncollected():
        out = [_outcome(i, report, *answer) for i, (report, answer) in enumerate(zip(given, answers))]
    if len(out) != len(given):
        raise RuntimeError("coding ended before its time because of a fault in readout; please report it")
    if not one:
        return out
    if isinstance(out[0], Rejection):
        raise Rejected(out[0])
    return out[0]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: records have none, and looking for some in thousands takes longer than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _report(text: Report, known: Mapping[str, Any]) -> Dict[str, Any]:
    report = {"text": text} if isinstance(text, str) else dict(text)
    for name, value in known.items():
        if value is not None and report.get(name) in (None, ""):
            report[name] = value
    return report


def _written(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"a report cannot hold a {type(value).__name__}; give strings and dates")


def _outcome(index: int, report: Mapping[str, Any], read: bool, answer: str) -> Union[Record, Rejection]:
    told = json.loads(answer)
    if not read:
        return Rejection(told["reason"], told["hint"], index)
    text = report.get("text")
    return Record.from_dict({**told, "text": text if isinstance(text, str) else None})


def code_batches(
    batches: Iterable[Any], *, read: str = "likely", threads: Optional[int] = None, any_language: bool = False
) -> Iterator[Any]:
    """Codes Arrow record batches, one by one: a row a report in, a row a report out, in the same order.

    The columns of a batch are told by their names, as those of tables are (`text` or `body`, `published` or `date`, …). The
    batches that come out have the schema `schema()`: `outcome` is "coded", "not coded" (another language) or "rejected",
    with a `reason`. Batches of pyarrow come out as batches of pyarrow; others as objects with the PyCapsule interface.

    It is what `mapInArrow` of PySpark takes, and `map_batches` of Ray Data with `batch_format="pyarrow"`, given a batch at a
    time:

        >>> frame.mapInArrow(readout.code_batches, schema)
    """
    loaded = coder(read, threads, any_language)
    for batch in batches:
        coded = loaded.code_batch(batch)
        if type(batch).__module__.partition(".")[0] == "pyarrow":
            import pyarrow  # type: ignore[import-untyped]

            coded = pyarrow.record_batch(coded)
        yield coded


def code_stream(data: Any, *, read: str = "likely", threads: Optional[int] = None, any_language: bool = False) -> Any:
    """Codes whatever has Arrow's stream interface: a table or reader of pyarrow, a frame of polars, a relation of DuckDB.

    Gives an object with that interface too, which codes batch by batch as it is read:

        >>> polars.DataFrame(readout.code_stream(polars.read_parquet("reports.parquet")))
    """
    return coder(read, threads, any_language).code_stream(data)


def schema() -> Any:
    """The Arrow schema of coded batches; `pyarrow.schema(readout.schema())` makes it pyarrow's."""
    return _readout.schema()
