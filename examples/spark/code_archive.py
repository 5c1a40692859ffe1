"""Codes an archive of reports on Spark: `spark-submit code_archive.py ARCHIVE OUT --batch NAME`.

ARCHIVE is Parquet or JSON lines, a file or a folder; OUT a folder of tables in Parquet. README.md says what they hold, and why
each row is written once whatever fails on the way. Needs pyspark 3.5 or later; pyarrow and readout on every worker.
"""

import argparse
import math
from pathlib import PurePosixPath

import pyarrow
import readout
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

REPORTS_A_TASK = 2000
"""What one core codes in some minutes: long beside a task's start, short enough to lose."""
TASKS_A_CORE = 4
"""With fewer, the last task keeps all others waiting."""
REPORTS_A_BATCH = 500
"""Reports, and all that is coded from them, lie in memory a batch at a time."""

# What all sides do to each other where all are actors and there is no recipient: acts of these types, and fights ("clashed").
# `readout export` looks at the frame of each rule (data/export/types.tsv).
MUTUAL = ("AGREE", "CONSULT", "COOPERATE", "SUPPORT")
FIGHT = "assault/fight"
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def coded(reports: DataFrame, read: str = "likely") -> DataFrame:
    """A row a report: its record, what came of it and why, under the identifier that it came with."""
    threads = int(reports.sparkSession.conf.get("spark.task.cpus", "1"))
    code = lambda batches: readout.code_batches(batches, read=read, threads=threads)
    return reports.mapInArrow(code, from_arrow_schema(pyarrow.schema(readout.schema())))


def outcomes(records: DataFrame) -> DataFrame:
    """A row a report of the archive."""
    return records.select("id", "outcome", "reason")


def events(records: DataFrame) -> DataFrame:
    """A row an event, with what is known of its report."""
    rows = records.select(*_document(), f.explode("events").alias("event"))
    return rows.select(
        "document",
        "uri",
        "published",
        "publisher",
        "language",
        "event.*",
        f.get("event.actor", f.lit(0))["code"].alias("actor_code"),
        f.get("event.actor", f.lit(0))["country"].alias("actor_country"),
        f.get("event.recipient", f.lit(0))["code"].alias("recipient_code"),
        f.get("event.recipient", f.lit(0))["country"].alias("recipient_country"),
        f.get("event.said_by", f.lit(0))["code"].alias("speaker_code"),
        _month(),
    )


def attributions(records: DataFrame) -> DataFrame:
    """A row an attribution; `number` is what `nested_in` and `continues` of others name."""
    rows = records.select(*_document(), f.posexplode("attributions").alias("number", "attribution"))
    return rows.select("document", "uri", "published", "publisher", "language", "number", "attribution.*", _month())


def _document():
    return [f.col("id").alias("document"), "uri", "published", "publisher", "language"]


def _month():
    return f.date_format("published", "yyyy-MM").alias("published_month")


def dyad_months(events: DataFrame) -> DataFrame:
    """A row an actor's country, a recipient's and a month in which anything is told as done: an event counts once a pair.

    As `readout export --format panel --mentions` counts (docs/exports.md), but that there are no rows of zeros, that all
    countries are there whether or not they are members of the system of states, and that few types are mutual.
    """
    facts = events.where("status = 'fact'").dropDuplicates(["id"])
    dated = facts.select("id", "quad", "score", *_days(), _pairs().alias("pairs"))
    pairs = (
        dated.where("trunc(first, 'MM') = trunc(last, 'MM')")
        .select("*", f.explode(f.array_distinct("pairs")).alias("pair"))
        .where("pair.actor <> pair.recipient")
    )
    cell = [
        f.col("pair.actor").alias("actor_country"),
        f.col("pair.recipient").alias("recipient_country"),
        f.year("first").alias("year"),
        f.month("first").alias("month"),
    ]
    counts = [f.count_if(f.col("quad") == i).alias(name) for i, name in enumerate(QUADS, 1)]
    # In thousandths: the sum does not hang on the order.
    score = (f.sum(f.round(f.col("score") * 1000).cast("long")) / 1000).alias("plover_score")
    return pairs.groupBy(*cell).agg(f.count("*").alias("events"), *counts, score)


def _days():
    """First and last day of an event: as told; that of publication where nothing is, or where the days told include it."""
    include = f.expr("date_first <= published AND published <= date_last")
    told = lambda name: f.when(include, f.col("published")).otherwise(f.coalesce(name, "published"))
    return told("date_first").alias("first"), told("date_last").alias("last")


def _pairs():
    """Countries of each actor with those of each recipient; each actor with each where all are, and do it to each other."""
    mutual = (f.size("recipient") == 0) & (f.col("type").isin(*MUTUAL) | f.col("rule").contains(FIGHT))
    others = f.when(mutual, f.col("actor")).otherwise(f.col("recipient"))
    pair = lambda one, other: f.struct(one["country"].alias("actor"), other["country"].alias("recipient"))
    return f.flatten(f.transform("actor", lambda one: f.transform(others, lambda other: pair(one, other))))


def read_archive(session: SparkSession, archive: str, kind: str, identifier: str = "id") -> DataFrame:
    """The reports of an archive, a row each; what identifies them is called `id`."""
    if kind == "auto":
        kind = "json" if {".json", ".jsonl", ".ndjson"} & set(PurePosixPath(archive.lower()).suffixes) else "parquet"
    reports = session.read.format(kind).load(archive)
    return reports if identifier == "id" else reports.drop("id").withColumnRenamed(identifier, "id")


def spread(reports: DataFrame, tasks: int) -> DataFrame:
    """The reports in so many partitions (0: as they lie), by default a few a core and none of them long."""
    if tasks == 0:
        return reports
    cores = reports.sparkSession.sparkContext.defaultParallelism
    return reports.repartition(tasks if tasks > 0 else max(TASKS_A_CORE * cores, math.ceil(reports.count() / REPORTS_A_TASK)))


def write(table: DataFrame, folder: str, by: str = "") -> None:
    """Puts a table in the place of what its folder holds."""
    if by:
        # Files by month, few and of like size, however many tasks wrote.
        table = table.hint("rebalance", by)
    table.write.mode("overwrite").parquet(folder, partitionBy=by or None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", help="Parquet or JSON lines, a file or a folder, wherever Spark reads from")
    parser.add_argument("out", help="folder of the tables")
    parser.add_argument("--batch", help="what the archive is called in them; its file's name by default")
    parser.add_argument("--format", default="auto", choices=["auto", "parquet", "json"], help="of the archive; told by its name")
    parser.add_argument("--read", default="likely", choices=["likely", "all"], help="sentences to read")
    parser.add_argument("--id", default="id", help="the column that identifies a report")
    parser.add_argument("--tasks", type=int, default=-1, help="how many tasks code; 0: as many as the archive has partitions")
    args = parser.parse_args()
    batch = f"batch={args.batch or PurePosixPath(args.archive).name.partition('.')[0]}"

    session = SparkSession.builder.appName("readout").getOrCreate()
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", REPORTS_A_BATCH)
    session.conf.set("spark.sql.session.timeZone", "UTC")
    # Names of batches are text, even where they look like days or numbers.
    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")

    reports = spread(read_archive(session, args.archive, args.format, args.id), args.tasks)
    write(coded(reports, args.read), f"{args.out}/records/{batch}")
    records = session.read.parquet(f"{args.out}/records/{batch}")
    write(outcomes(records), f"{args.out}/outcomes/{batch}")
    write(events(records), f"{args.out}/events/{batch}", by="published_month")
    write(attributions(records), f"{args.out}/attributions/{batch}", by="published_month")
    # Of all batches, so that a month that two of them share is one row.
    write(dyad_months(session.read.parquet(f"{args.out}/events")), f"{args.out}/dyad_months")
    session.stop()


if __name__ == "__main__":
    main()
