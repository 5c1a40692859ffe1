"""Who did what to whom, when, where, and on whose word.

    >>> import readout
    >>> record = readout.code("Peru and Chile signed a trade agreement in Lima.", published="2024-05-01")
    >>> [(event.type, [party.code for party in event.actor]) for event in record.events]
    [('AGREE', ['PERGOV', 'CHLGOV'])]

`code` codes texts, `code_batches` and `code_stream` code Arrow data, `Store` asks a store that `readout add` made,
`explain` shows how a text is read, `relate` answers for pairs of marked parties, `eval` scores against hand annotation.
All of them work on all cores and let other Python threads run.
"""

from ._coding import Rejected, code, code_batches, code_stream, schema
from ._explain import Explanation, Rule, Word, explain
from ._readout import __version__
from ._records import (
    Attribution,
    Dateline,
    Event,
    Furniture,
    Party,
    Phrase,
    Place,
    Problem,
    Record,
    Rejection,
    Sentence,
    Source,
    Span,
    Speaker,
)
from ._relate import Relation, relate, relate_all
from ._score import eval
from ._store import Store, Table

__all__ = [
    "Attribution",
    "Dateline",
    "Event",
    "Explanation",
    "Furniture",
    "Party",
    "Phrase",
    "Place",
    "Problem",
    "Record",
    "Rejected",
    "Rejection",
    "Relation",
    "Rule",
    "Sentence",
    "Source",
    "Span",
    "Speaker",
    "Store",
    "Table",
    "Word",
    "__version__",
    "code",
    "code_batches",
    "code_stream",
    "eval",
    "explain",
    "relate",
    "relate_all",
    "schema",
]
