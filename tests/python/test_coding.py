"""Texts in, records out: the same as the program gives."""
import datetime
import doctest
import gc
import json
import signal
import subprocess
import threading
import time

import pytest

import readout


def reports(root):
    return [json.loads(line) for line in (root / "examples/reports.jsonl").read_text(encoding="utf-8").splitlines()]


def test_records_are_those_of_the_program(root, readout_program):
    told = subprocess.run([readout_program, "code", root / "examples/reports.jsonl", "--format", "jsonl"], capture_output=True, check=True)
    expected = [json.loads(line) for line in told.stdout.splitlines()]
    assert [record.to_dict() for record in readout.code(reports(root))] == expected
    assert sum(len(record["events"]) for record in expected) > 10


def test_likely_sentences_and_threads_are_said(root, readout_program):
    told = subprocess.run([readout_program, "code", root / "examples/reports.jsonl", "--format", "jsonl", "--read", "likely"], capture_output=True, check=True)
    for threads in (1, 3):
        records = readout.code(reports(root), read="likely", threads=threads)
        assert [record.to_dict() for record in records] == [json.loads(line) for line in told.stdout.splitlines()]
    with pytest.raises(ValueError, match="all or likely"):
        readout.code("Peru agreed.", read="some")


def test_the_readmes_example(root):
    page = (root / "README.md").read_text(encoding="utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    printed = subprocess.run(["python", "-c", example], capture_output=True, text=True, check=True).stdout
    assert printed.startswith("AGREE ['PERGOV', 'CHLGOV'] Lima 0.")


def test_words_of_spans_come_back():
    text = "“Naïve”, said Côte d’Ivoire’s president: Kenya condemned Uganda on Monday. 😀"
    record = readout.code(text, published=datetime.date(2024, 5, 1), publisher="The Example")
    event = next(e for e in record.events if e.type == "ACCUSE")
    assert record.quote(event.span) == event.trigger == "condemned"
    assert [record.quote(p.span) for p in event.actor + event.recipient] == ["Kenya", "Uganda"]
    assert event.days == (datetime.date(2024, 4, 29),) * 2
    assert record.publisher == "The Example" and record.published == "2024-05-01"


def test_a_signal_ends_it():
    def ring(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    readout.code("Peru recalled its ambassador to Chile.")
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(TimeoutError):
            readout.code("Peru recalled its ambassador to Chile %d times." % n for n in range(20_000))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 5
    assert gc.isenabled()


def test_each_report_has_one_outcome():
    given = ["Peru recalled its ambassador to Chile.", "", {"title": "no text"}, {"text": 7}, {"text": "Le ministre est venu à Paris pour parler de paix.", "language": "fr"}, "\ud800"]
    records = readout.code(given)
    assert len(records) == len(given)
    assert [bool(record) for record in records][:5] == [True, False, False, False, True]
    assert records[1].reason == "the text is empty" and records[1].index == 1 and records[1].hint
    assert not records[4].coded and readout.code(given[4], any_language=True).coded
    with pytest.raises(readout.Rejected, match="the text is empty; "):
        readout.code("")
    with pytest.raises(TypeError, match="cannot hold a set"):
        readout.code({"text": {1, 2}})
    assert readout.code([]) == []


def test_records_go_to_dictionaries_and_back(root):
    for record in readout.code(reports(root)):
        told = json.loads(json.dumps(record.to_dict()))
        assert readout.Record.from_dict(told) == record
        assert "text" not in told


def test_other_threads_run_meanwhile():
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    readout.code("Peru agreed.")  # loaded
    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    readout.code(["Kenya condemned Uganda over the closing of the border, the minister said on Monday. " * 40] * 4)
    ended = time.monotonic()
    stop.set()
    thread.join()
    inside = [t for t in ticks if began < t < ended]
    assert len(inside) > 5, "the interpreter was held while texts were coded"


def test_what_notebooks_show():
    text = "Kenya accused Uganda of moving border posts, the minister said. The sign says <script>."
    explanation = readout.explain(text, published="2024-05-01")
    html = explanation._repr_html_()
    assert "&lt;" in html and "<script>" not in html and " act q" in html and "<details>" in html
    assert explanation.record.events and any(rule.fired for rule in explanation.rules)
    words = explanation.sentences[0]
    root = [word for word in words if word.head is None]
    assert len(root) == 1 and explanation.record.quote(root[0].span) == root[0].form
    assert " act q" in explanation.record._repr_html_()
    assert "root" in str(explanation)
    with pytest.raises(ValueError):
        readout.explain("")


def test_relations():
    text = "Norway condemned the arrest of three teachers in Peru."
    by_words = readout.relate(text, "Norway", "Peru")
    assert (by_words.type, by_words.basis) == ("ACCUSE", "event")
    assert readout.relate_all([(text, (0, 6), [(49, 53)])] * 3) == [by_words] * 3
    with pytest.raises(ValueError, match="'Chile' does not stand in the text"):
        readout.relate(text, "Chile", "Peru")


def test_scores(root, readout_program):
    data = root / "crates/cli/tests/data"
    told = subprocess.run([readout_program, "eval", data / "gold.jsonl", "--pred", data / "pred.jsonl", "--format", "json"], capture_output=True, check=True)
    assert readout.eval(data / "gold.jsonl", data / "pred.jsonl") == json.loads(told.stdout)
    with pytest.raises(ValueError, match="cannot read"):
        readout.eval(data / "none.jsonl")


def test_scores_of_what_is_coded(shared):
    scores = readout.eval(shared / "gold/relations_dev.jsonl")
    assert scores["binary"]["macro_f1"] > 90


def test_examples_in_docstrings():
    import readout._coding
    import readout._relate

    for module in (readout, readout._relate):
        assert doctest.testmod(module, extraglobs={"readout": readout}).failed == 0
