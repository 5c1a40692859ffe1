"""Exports, read by programs that are not ours: pandas by the rules of the field's loaders, pyarrow, DuckDB.

Usage: test_readers.py PROGRAM    (the built `readout`; needs tests/exports/requirements.txt)
"""
import csv
import os
import subprocess
import sys
import tempfile
import unittest
from importlib.metadata import files
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "crates/export/tests/data/records.jsonl"
PROGRAM = ""
YEARS = ("--from", "2019-01-01", "--to", "2020-12-31")
FOLDER = tempfile.TemporaryDirectory()


def export(form, *more):
    """Path of an export of the invented records."""
    path = Path(FOLDER.name) / ("-".join([form, *more]).replace("/", "_") + ".out")
    if not path.exists():
        command = [PROGRAM, "export", str(RECORDS), "--format", form, "--output", str(path), "--quiet", *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    return path


def schema(name):
    """Columns and types of a GDELT table, as the package gdelt (gdeltPyR) ships them."""
    [path] = [f.locate() for f in files("gdelt") if f.name == name]
    return pd.read_csv(path)


class Gdelt(unittest.TestCase):
    """As gdeltPyR reads: `read_csv(sep='\\t', header=None, dtype={26: str, 27: str, 28: str})`, then its header."""

    def events(self):
        # Lines that do not fit are an error here, where gdeltPyR skips them.
        frame = pd.read_csv(export("gdelt"), sep="\t", header=None, on_bad_lines="error", dtype={26: "str", 27: "str", 28: "str"})
        frame.columns = schema("events2.csv")["name"].tolist()
        return frame

    def test_header_and_types(self):
        frame, columns = self.events(), schema("events2.csv")
        self.assertEqual(frame.shape[1], 61)
        for name, kind in zip(columns["name"], columns["type"]):
            values = frame[name].dropna()
            if kind in ("INTEGER", "FLOAT") and len(values):
                self.assertTrue(pd.api.types.is_numeric_dtype(values), (name, kind, values.tolist()))
        self.assertTrue(pd.api.types.is_integer_dtype(frame["GLOBALEVENTID"]))
        self.assertTrue(frame["GLOBALEVENTID"].is_unique and (frame["GLOBALEVENTID"] > 0).all())

    def test_values(self):
        frame = self.events()
        self.assertIn("040", set(frame["EventCode"]))
        self.assertIn("04", set(frame["EventRootCode"]))
        self.assertEqual(set(frame["QuadClass"]), {1, 2, 3, 4})
        self.assertTrue(frame["AvgTone"].isna().all())
        self.assertTrue(pd.to_datetime(frame["SQLDATE"].astype("str"), format="%Y%m%d").notna().all())
        self.assertTrue(pd.to_datetime(frame["DATEADDED"].astype("int64").astype("str"), format="%Y%m%d%H%M%S").notna().all())
        self.assertTrue((frame["FractionDate"] // 1 == frame["Year"]).all())
        self.assertEqual(frame.loc[0, ["NumMentions", "NumSources", "NumArticles"]].tolist(), [6, 4, 4])

    def test_mentions_join(self):
        mentions = pd.read_csv(export("gdelt-mentions"), sep="\t", header=None, on_bad_lines="error")
        mentions.columns = schema("mentions.csv")["name"].tolist()
        counts = mentions.groupby("GLOBALEVENTID").size()
        for _, event in self.events().iterrows():
            self.assertEqual(counts[event["GLOBALEVENTID"]], event["NumMentions"])
        self.assertTrue(mentions["Confidence"].between(0, 100).all())


class Icews(unittest.TestCase):
    """As R's icews reads: tab-separated, no quotes, codes as text, whole numbers of 32 bits."""

    def test_read(self):
        kinds = {"Event ID": "int32", "CAMEO Code": "str", "Intensity": "float64", "Story ID": "int32", "Sentence Number": "int32",
                 "Latitude": "float64", "Longitude": "float64"}
        frame = pd.read_csv(export("icews"), sep="\t", quoting=csv.QUOTE_NONE, dtype=kinds, parse_dates=["Event Date"], keep_default_na=False,
                            na_values={"Latitude": "", "Longitude": ""})
        self.assertEqual(frame.shape[1], 20)
        self.assertFalse(frame.duplicated(["Event ID", "Event Date"]).any(), "the primary key of the loader's table")
        self.assertIn("040", set(frame["CAMEO Code"]))
        self.assertTrue(frame["Intensity"].between(-10, 10).all())
        self.assertEqual(frame.loc[0, ["Source Name", "Target Name", "Publisher"]].tolist(), ["Ghana", "Mali", "The Lomé Gazette"])
        # The loader makes its names so; they must not collide.
        names = [c.lower().replace(" ", "_") for c in frame.columns]
        self.assertEqual(len(set(names)), 20)


class Polecat(unittest.TestCase):
    """As the loaders of POLECAT read: tab-separated, a header, "None" for what is missing, "; " between values."""

    def test_read(self):
        frame = pd.read_csv(export("polecat"), sep="\t", quoting=csv.QUOTE_NONE, na_values=["None"], keep_default_na=False)
        self.assertEqual(frame.shape[1], 40)
        self.assertEqual(frame.loc[0, "Contexts"].split("; "), ["military", "territory"])
        self.assertTrue(frame["Event ID"].is_unique)
        self.assertTrue(frame["Wikipedia Actor ID"].isna().all())
        self.assertTrue(pd.api.types.is_numeric_dtype(frame["Actor COW"]))
        self.assertTrue(pd.to_datetime(frame["Event Date"]).notna().all())
        quads = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}
        self.assertLessEqual(set(frame["Quad Code"]), quads)


class Phoenix(unittest.TestCase):
    def test_read(self):
        texts = {i: "str" for i in (0, 13, 14)}
        frame = pd.read_csv(export("phoenix"), sep="\t", header=None, quoting=csv.QUOTE_NONE, dtype=texts)
        self.assertEqual(frame.shape[1], 26)
        day = pd.to_datetime(frame[1].astype("str"), format="%Y%m%d")
        self.assertTrue((day.dt.year == frame[2]).all() and (day.dt.month == frame[3]).all() and (day.dt.day == frame[4]).all())
        self.assertTrue((frame[13].str[:2] == frame[14]).all())
        self.assertEqual(len(frame.loc[0, 24].split(";")), 4)


class Flat(unittest.TestCase):
    def test_csv_and_parquet_are_the_same_table(self):
        from_csv = pd.read_csv(export("csv"), dtype={"cameo": "str", "actor_cown": "str", "recipient_cown": "str", "actor_gwn": "str",
                                                     "recipient_gwn": "str"})
        table = pq.read_table(export("parquet"))
        from_parquet = table.to_pandas()
        self.assertEqual(list(from_csv.columns), list(from_parquet.columns))
        self.assertEqual(len(from_csv), len(from_parquet))
        for name in ("id", "type", "cameo", "actor_code", "recipient_code", "status"):
            self.assertEqual(from_csv[name].fillna("").tolist(), from_parquet[name].fillna("").tolist(), name)
        for name in ("score", "goldstein", "lat", "confidence"):
            self.assertEqual(from_csv[name].fillna(0).tolist(), from_parquet[name].fillna(0).tolist(), name)
        days = pd.to_datetime(from_csv["day"]).dt.date.tolist()
        self.assertEqual([d for d in days if pd.notna(d)], [d for d in from_parquet["day"].tolist() if pd.notna(d)])
        self.assertEqual(table.schema.field("day").type, pa.date32())
        self.assertEqual(table.schema.field("sent").type, pa.int64())
        self.assertEqual(table.schema.field("score").type, pa.float64())
        self.assertTrue(pa.types.is_string(table.schema.field("actor").type))

    def test_words_come_back_as_they_were(self):
        table = pq.read_table(export("parquet")).to_pandas()
        self.assertEqual(table.loc[0, "title"], '=HYPERLINK("x")')
        self.assertIn('rebels\tin the\nhills "there"', set(table["recipient"]))
        from_csv = pd.read_csv(export("csv"))
        self.assertEqual(from_csv.loc[0, "title"], "'=HYPERLINK(\"x\")", "defused for spreadsheets")
        self.assertIn('rebels\tin the\nhills "there"', set(from_csv["recipient"]))

    def test_duckdb(self):
        panel = export("panel-parquet", *YEARS, "--period", "year")
        for path in (export("parquet"), export("attributions-parquet"), panel):
            [(rows,)] = duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()
            self.assertGreater(rows, 0, path)
        query = f"""SELECT type, count(*) FROM read_parquet('{export("parquet")}')
                    WHERE status = 'fact' AND day BETWEEN DATE '2019-01-01' AND DATE '2020-12-31' GROUP BY type ORDER BY type"""
        self.assertEqual(duckdb.sql(query).fetchall(), [("ACCUSE", 4), ("ASSAULT", 1), ("COERCE", 1), ("CONSULT", 2), ("REQUEST", 1)])
        lines = duckdb.sql(f"SELECT count(*), count(DISTINCT document) FROM read_json('{export('jsonl')}', format = 'newline_delimited')")
        self.assertEqual(lines.fetchall(), [(15, 6)])

    def test_attributions(self):
        from_csv = pd.read_csv(export("attributions-csv"))
        from_parquet = pq.read_table(export("attributions-parquet")).to_pandas()
        self.assertEqual(from_csv["content"].tolist(), from_parquet["content"].tolist())
        self.assertEqual(from_parquet["continues"].tolist()[1], 0)


class Panels(unittest.TestCase):
    def test_balanced_directed_dyad_months(self):
        panel = pd.read_csv(export("panel", "--from", "2019-01-01", "--to", "2019-03-31"))
        keys = ["ccode1", "ccode2", "year", "month"]
        self.assertFalse(panel.duplicated(keys).any())
        self.assertFalse(panel.isna().any().any(), "zeros are explicit")
        states = set(panel["ccode1"])
        self.assertEqual(len(panel), len(states) * (len(states) - 1) * 3)
        quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
        self.assertTrue((panel[quads].sum(axis=1) == panel["events"]).all())
        types = panel.columns[panel.columns.get_loc("agree"):panel.columns.get_loc("assault") + 1]
        self.assertTrue((panel[types].sum(axis=1) == panel["events"]).all())
        self.assertTrue((panel["month_id"] == (panel["year"] - 1980) * 12 + panel["month"]).all())
        first = pd.to_datetime(panel[["year", "month"]].assign(day=1))
        self.assertTrue((pd.to_datetime(panel["date"]) == first).all())
        self.assertEqual(panel["events"].sum(), 4)

    def test_sums_agree_with_the_table_of_pairs(self):
        pairs = pd.read_csv(export("polecat", *YEARS), sep="\t", quoting=csv.QUOTE_NONE, na_values=["None"], keep_default_na=False)
        abroad = pairs.dropna(subset=["Actor COW", "Recipient COW"]).query("`Actor COW` != `Recipient COW`")
        for form in ("panel", "panel-parquet"):
            path = export(form, *YEARS, "--period", "year")
            panel = pd.read_csv(path) if form == "panel" else pd.read_parquet(path)
            self.assertEqual(panel["events"].sum(), len(abroad), form)
            self.assertAlmostEqual(panel["plover_score"].sum(), abroad["Intensity"].sum(), places=6)

    def test_undirected_and_other_codes(self):
        panel = pd.read_csv(export("panel", *YEARS, "--codes", "gw", "--undirected", "--period", "year"))
        self.assertTrue((panel["gwcode1"] < panel["gwcode2"]).all())
        panel = pd.read_csv(export("panel", "--codes", "iso", "--unit", "country", "--role", "either"), keep_default_na=False)
        self.assertEqual(panel.columns[0], "iso3c")
        self.assertTrue(panel["iso3c"].str.fullmatch("[A-Z]{3}").all())


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
