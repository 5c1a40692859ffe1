"""Questions to a store."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from . import _readout

Several = Union[None, str, int, Sequence[Union[str, int]]]


class Table:
    """Rows under named columns, as Arrow: pyarrow, polars, pandas, DuckDB take it as it is, without a copy.

    `truncated` says whether there were more rows than the limit.
    """

    def __init__(self, table: Any, truncated: bool) -> None:
        self._table = table
        self.truncated = truncated

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> Any:
        return self._table.__arrow_c_schema__()

    def __len__(self) -> int:
        rows: int = self._table.num_rows
        return rows

    def __repr__(self) -> str:
        names = ", ".join(self._table.column_names)
        more = ", of more" if self.truncated else ""
        return f"<readout.Table: {len(self)} rows{more}; {names}>"

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`."""
        import pyarrow  # type: ignore[import-untyped]

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A `polars.DataFrame`."""
        import polars

        return polars.DataFrame(self)


class Store:
    """A store that `readout add` made. It is only read; another program may write to it meanwhile.

        >>> store = readout.Store("news.db")
        >>> store.counts("month", actor="KEN", recipient="UGA").to_pandas()
    """

    def __init__(self, path: Union[str, "os.PathLike[str]"]) -> None:
        self.path = os.fspath(path)
        self._store = _readout.Store(self.path)

    def __repr__(self) -> str:
        return f"readout.Store({self.path!r})"

    def events(self, *, limit: int = 1_000_000, **only: Any) -> Table:
        """Events, a row each, by day. `only` leaves out what is not meant, with the names of `readout query`:

        `actor`, `recipient`, `party`, `speaker`, `place`, `type`, `quad`, `status`, `publisher` (a value or several: any of
        them), `from_`, `to` (days), `text` (words of the sentence), `confidence` (the least), `unattributed`, `acts`.
        """
        return Table(*self._store.events(_filter(only), limit))

    def counts(self, *by: str, limit: int = 1_000_000, **only: Any) -> Table:
        """How many events, and their mean score, by one or more of: type, mode, quad, status, actor, actor_country, recipient,
        recipient_country, speaker, publisher, place_country, day, week, month, year. `only` as in `events`."""
        return Table(*self._store.counts(_filter(only), list(by), limit))

    def sql(self, statement: str, *, limit: int = 1_000_000, seconds: float = 60.0) -> Table:
        """The rows of one statement that reads; docs/store.md has the tables."""
        return Table(*self._store.sql(statement, limit, seconds))


_LISTS = ("actor", "recipient", "party", "speaker", "place", "type", "quad", "status", "publisher")


def _filter(only: Dict[str, Any]) -> str:
    asked: Dict[str, Any] = {}
    for name, value in only.items():
        name = name.rstrip("_")
        if value is None:
            continue
        if name in _LISTS:
            values: List[Any] = [value] if isinstance(value, (str, int)) else list(value)
            asked[name] = values
        elif name in ("from", "to"):
            asked[name] = value if isinstance(value, str) else value.isoformat()
        else:
            asked[name] = value
    return json.dumps(asked)
