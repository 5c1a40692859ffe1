"""Arrow in, Arrow out."""
import datetime
import json

import pyarrow as pa
import pytest

import readout


def batch(texts, **columns):
    return pa.record_batch({"id": [str(i) for i in range(len(texts))], "body": texts, **columns})


def test_a_batch_has_a_row_a_report():
    days = pa.array([datetime.date(2024, 5, 1), None, None], pa.date32())
    given = batch(["Kenya condemned Uganda on Monday.", "", "Nothing happened."], date=days)
    (coded,) = readout.code_batches([given])
    assert coded.schema == pa.schema(readout.schema())
    rows = coded.to_pylist()
    assert [row["outcome"] for row in rows] == ["coded", "rejected", "coded"]
    assert [row["id"] for row in rows] == ["0", "1", "2"]
    assert rows[1]["reason"] and rows[1]["events"] is None and rows[2]["events"] == []
    event = rows[0]["events"][0]
    assert (event["type"], event["actor"][0]["code"], event["date_first"]) == ("ACCUSE", "KENGOV", datetime.date(2024, 4, 29))
    assert rows[0]["published"] == datetime.date(2024, 5, 1)


def test_rows_are_the_records_that_texts_give(root):
    reports = [json.loads(line) for line in (root / "examples/reports.jsonl").read_text(encoding="utf-8").splitlines()]
    records = readout.code(reports)
    (coded,) = readout.code_batches([pa.RecordBatch.from_pylist(reports)], read="all")
    for row, record in zip(coded.to_pylist(), records):
        told = record.to_dict()
        assert row["id"] == record.id
        for mine, theirs in zip(row["events"], told["events"]):
            for name in ("id", "type", "mode", "status", "trigger", "span", "rule", "said_by", "actor", "when", "cameo", "quad"):
                assert mine[name] == theirs[name], name
            assert mine["confidence"] == pytest.approx(theirs["confidence"])
        assert row["attributions"] == told["attributions"]


def test_however_it_is_cut_into_batches():
    texts = [f"Kenya condemned Uganda {n} times." for n in range(40)]
    whole = [row for coded in readout.code_batches([batch(texts)]) for row in coded.to_pylist()]
    pieces = [batch(texts).slice(start, 7) for start in range(0, 40, 7)]
    assert [row for coded in readout.code_batches(iter(pieces), threads=1) for row in coded.to_pylist()] == whole
    assert readout.code_batches([batch(texts).slice(0, 0)]).__next__().num_rows == 0


def test_batches_without_a_text_are_refused():
    with pytest.raises(ValueError, match="no column holds the text"):
        list(readout.code_batches([pa.record_batch({"n": [1]})]))


def test_streams_are_coded_as_they_are_read():
    asked = []

    def batches():
        for n in range(3):
            asked.append(n)
            yield batch(["Kenya condemned Uganda."])

    reader = pa.RecordBatchReader.from_batches(batch([""]).schema, batches())
    coded = pa.RecordBatchReader.from_stream(readout.code_stream(reader))
    assert coded.read_next_batch().num_rows == 1 and asked == [0]
    assert coded.read_all().num_rows == 2 and asked == [0, 1, 2]


def test_a_store_answers_in_arrow(store):
    opened = readout.Store(store)
    events = opened.events().to_arrow()
    assert events.num_rows == len(opened.events()) > 10
    assert opened.events(limit=2).truncated and len(opened.events(limit=2)) == 2
    kinds = opened.counts("type").to_arrow().to_pylist()
    assert sum(row["events"] for row in kinds) == events.num_rows
    only = opened.events(type="CONSULT", from_=datetime.date(2000, 1, 1), confidence=0.1).to_arrow()
    assert set(only["type"].to_pylist()) == {"CONSULT"}
    assert opened.sql("SELECT count(*) AS n FROM events").to_arrow().to_pylist() == [{"n": events.num_rows}]
    with pytest.raises(RuntimeError):
        opened.sql("DELETE FROM events")
    with pytest.raises(ValueError, match="nothing to count by"):
        opened.counts("colour")
    with pytest.raises(ValueError, match="unknown field"):
        opened.events(colour="red")
    with pytest.raises(RuntimeError):
        readout.Store("no-such.db")
