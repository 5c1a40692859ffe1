"""The job of examples/spark on two executors, one of which is killed: what it writes is what one machine codes.

Run by scripts/spark, which sees to what it needs. $READOUT names the program that it is compared with.
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys

import duckdb
import pyarrow
import pyarrow.dataset
import pyarrow.parquet
import pytest
import readout
from cluster import ROOT, Run

sys.path.insert(0, str(ROOT / "benches"))
import make_archive  # noqa: E402

REPORTS = 300
FILES = 4
TABLES = ["records", "outcomes", "events", "attributions", "dyad_months"]
IDENTIFIER = "reference"
"""What the archive calls the column of identifiers."""
OF_REPORT = ["document", "uri", "published", "publisher", "language"]


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A folder of Parquet files."""
    folder = tmp_path_factory.mktemp("archive")
    table = make_archive.archive(REPORTS).rename_columns({"id": IDENTIFIER})
    rows = -(-table.num_rows // FILES)
    for i in range(FILES):
        pyarrow.parquet.write_table(table.slice(i * rows, rows), folder / f"{i}.parquet")
    return folder


@pytest.fixture(scope="session")
def given(archive):
    """The rows of the archive."""
    return pyarrow.dataset.dataset(archive).to_table().to_pylist()


@pytest.fixture(scope="session")
def single(archive):
    """What the program codes of it, as rows of `readout.schema()`."""
    options = ["--read", "likely", "--column", f"id={IDENTIFIER}", "--format", "jsonl"]
    command = [os.environ["READOUT"], "code", archive, *options]
    lines = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
    rows = [row(json.loads(line)) for line in lines]
    return pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(readout.schema()))


def row(record):
    """A record with days for days, as Arrow has them."""
    day = lambda text: text and datetime.date.fromisoformat(text)
    for event in record["events"]:
        days = (event["date"] or "").split("/")
        event["date_first"], event["date_last"] = day(days[0]) or None, day(days[-1]) or None
    return record | {"published": day(record["published"])}


@pytest.fixture(scope="session")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("out") / "tables"


@pytest.fixture(scope="session")
def killed(archive, out):
    """The tables of a run in which an executor was killed, and what the run's log told of that."""
    run = Run(archive, out, IDENTIFIER)
    executor = run.kill_an_executor()
    log = run.end()
    return tables(out), executor, [line for line in log if "ERROR" in line or "WARN" in line]


def tables(out):
    """Each table's rows, with where it lies as columns."""
    return {name: pyarrow.dataset.dataset(out / name, partitioning="hive").to_table() for name in TABLES}


def rows(table, *without):
    """The rows, sorted, without some columns."""
    lines = table.drop_columns(list({"batch", "published_month", *without} & set(table.column_names))).to_pylist()
    return sorted(json.dumps(line, sort_keys=True, default=str) for line in lines)


def hashed(table, *without):
    return hashlib.sha256("\n".join(rows(table, *without)).encode()).hexdigest()


def test_an_executor_was_killed_while_it_coded(killed):
    _, executor, told = killed
    assert any(f"Lost executor {executor} " in line for line in told), told
    # The task that it worked on, or, where that had ended a moment before, what it had made.
    lost = lambda line: "Lost task" in line and f"executor {executor}" in line or f"executor(Id: {executor})" in line
    assert any(lost(line) for line in told), told


def test_records_are_those_of_one_machine(killed, single):
    records = killed[0]["records"]
    read = records.filter(pyarrow.compute.not_equal(records["outcome"], "rejected"))
    assert read.num_rows == single.num_rows > REPORTS * 0.9
    assert hashed(read, "outcome", "reason") == hashed(single, "outcome", "reason")


def test_each_report_has_one_outcome(killed, given, single):
    outcomes = killed[0]["outcomes"].to_pylist()
    assert len(outcomes) == len(given)
    names = lambda rows: sorted(row["id"] for row in rows if row["id"])
    named = sorted(row[IDENTIFIER] for row in given if row[IDENTIFIER])
    assert [name for name in names(outcomes) if name in set(named)] == named
    of = lambda outcome: [row for row in outcomes if row["outcome"] == outcome]
    assert names(of("rejected")) == sorted(row[IDENTIFIER] for row in given if not row["text"] and row[IDENTIFIER])
    assert names(of("coded") + of("not coded")) == names(single.to_pylist())
    assert len(of("not coded")) == sum(row["text"] == make_archive.GERMAN for row in given)
    assert all(row["reason"] for row in of("rejected") + of("not coded"))


def test_events_are_those_of_one_machine(killed, single):
    first = lambda side, key: side[0][key] if side else None
    expect = [
        about(record)
        | event
        | {
            "actor_code": first(event["actor"], "code"),
            "actor_country": first(event["actor"], "country"),
            "recipient_code": first(event["recipient"], "code"),
            "recipient_country": first(event["recipient"], "country"),
            "speaker_code": first(event["said_by"], "code"),
        }
        for record in single.to_pylist()
        for event in record["events"]
    ]
    assert len(expect) > REPORTS
    assert rows(killed[0]["events"]) == sorted(json.dumps(line, sort_keys=True, default=str) for line in expect)


def test_attributions_are_those_of_one_machine(killed, single):
    expect = [
        about(record) | attribution | {"number": number}
        for record in single.to_pylist()
        for number, attribution in enumerate(record["attributions"])
    ]
    assert len(expect) > REPORTS / 2
    assert rows(killed[0]["attributions"]) == sorted(json.dumps(line, sort_keys=True, default=str) for line in expect)


def about(record):
    return dict(zip(OF_REPORT, (record[name] for name in ["id", *OF_REPORT[1:]])))


def test_months_are_in_the_folders_of_their_names(killed):
    for name in ("events", "attributions"):
        for line in killed[0][name].select(["published", "published_month"]).to_pylist():
            assert line["published_month"] == (line["published"] and f"{line['published']:%Y-%m}")


# The same count by another program, from one machine's records.
DYAD_MONTHS = """
    WITH told AS (SELECT unnest(events) AS e, published FROM single),
    facts AS (
        SELECT DISTINCT ON (e.id) e, published, e.date_first <= published AND published <= e.date_last AS included
        FROM told WHERE e.status = 'fact'
    ),
    dated AS (
        SELECT e, CASE WHEN included THEN published ELSE coalesce(e.date_first, published) END AS first,
            CASE WHEN included THEN published ELSE coalesce(e.date_last, published) END AS last,
            len(e.recipient) = 0
                AND (e.type IN ('AGREE', 'CONSULT', 'COOPERATE', 'SUPPORT') OR contains(e.rule, 'assault/fight')) AS mutual
        FROM facts
    ),
    pairs AS (
        SELECT DISTINCT e.id, e.quad, e.score, first, a.country AS actor, r.country AS recipient
        FROM dated, unnest(e.actor) AS x(a), unnest(CASE WHEN mutual THEN e.actor ELSE e.recipient END) AS y(r)
        WHERE a.country <> r.country AND date_trunc('month', first) = date_trunc('month', last)
    )
    SELECT actor AS actor_country, recipient AS recipient_country, year(first) AS year, month(first) AS month, count(*) AS events,
        count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation,
        count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict,
        sum(round(score * 1000)) / 1000 AS plover_score
    FROM pairs GROUP BY ALL
"""


def test_dyad_months_are_those_that_duckdb_counts(killed, single):
    connection = duckdb.connect()
    connection.register("single", single)
    expect = connection.sql(DYAD_MONTHS).to_arrow_table()
    assert expect.num_rows > REPORTS / 2
    assert rows(killed[0]["dyad_months"]) == rows(expect)


def test_a_second_run_leaves_the_same_rows(killed, archive, out):
    # Slow tasks are run twice at a time.
    Run(
        archive,
        out,
        IDENTIFIER,
        speculation="true",
        speculation_multiplier="1.01",
        speculation_quantile="0.2",
        speculation_minTaskRuntime="1ms",
        speculation_interval="50ms",
    ).end()
    again = tables(out)
    assert {name: hashed(again[name]) for name in TABLES} == {name: hashed(killed[0][name]) for name in TABLES}
