"""Scores against hand annotation."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Iterable, Optional, Union

from . import _readout

Path = Union[str, "os.PathLike[str]"]


def eval(gold: Union[Path, Iterable[Path]], coded: Optional[Path] = None) -> Dict[str, Any]:
    """Scores what is in the file `coded`, or what readout codes from the gold's own texts where there is none.

    `gold` is one file or several of one kind: documents with events, with attribution relations, or pairs of marked
    parties. Gives the numbers of `readout eval --format json`, in per cent. Raises `ValueError` where a file cannot be read or
    is no gold.
    """
    paths = [gold] if isinstance(gold, (str, os.PathLike)) else list(gold)
    found = _readout.evaluate([os.fspath(p) for p in paths], None if coded is None else os.fspath(coded))
    scores: Dict[str, Any] = json.loads(found)
    return scores
