"""Frames of other libraries; passed over on Pythons that are tested without them (scripts/python)."""
import pyarrow as pa
import pytest

import readout

TEXTS = ["Kenya condemned Uganda.", "Peru recalled its ambassador to Chile."]


def test_polars(store):
    polars = pytest.importorskip("polars")
    coded = polars.DataFrame(readout.code_stream(polars.DataFrame({"text": TEXTS})))
    assert coded["events"].list.len().to_list() == [1, 1]
    assert readout.Store(store).events().to_polars().height > 10


def test_pandas(store):
    pandas = pytest.importorskip("pandas")
    assert len(readout.Store(store).counts("month").to_pandas()) > 0
    coded = pa.RecordBatchReader.from_stream(readout.code_stream(pa.Table.from_pandas(pandas.DataFrame({"text": TEXTS}))))
    assert list(coded.read_pandas()["outcome"]) == ["coded", "coded"]


def test_duckdb(store):
    duckdb = pytest.importorskip("duckdb")
    texts = duckdb.sql("SELECT unnest($texts) AS text", params={"texts": TEXTS}).to_arrow_table()
    coded = readout.code_stream(texts)
    types = duckdb.sql("SELECT e.type FROM coded, unnest(events) AS of_reports(e) ORDER BY 1").fetchall()
    assert types == [("ACCUSE",), ("SANCTION",)]
    counted = readout.Store(store).counts("type")
    assert duckdb.sql("SELECT sum(events) FROM counted").fetchall()[0][0] > 10
