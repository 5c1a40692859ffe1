//! Options of the commands on stores.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use readout_pipeline::Sentences;

use super::{EXIT_CODES, MetaOptions, TableOptions, joined, sentences};

const ADD_EXAMPLES: &str = "\
Examples:
  readout add news.db archive/
  readout add news.db monday.jsonl.gz tuesday.warc.gz --threads 8
  curl -s https://example.org/report.html | readout add news.db - --publisher Example
  readout add part-3.db archive/ --shard 3/16      (on machine 3 of 16; then `readout merge`)

The store is one SQLite file, made where there is none; other programs may read it while it grows. A record that is
there already is passed over, so a command that was stopped goes on when it is run again, and one that has finished does
nothing. Reports that repeat each other's words are linked, and so are the events that tell of one act.
";

/// Options of `readout add`.
#[derive(Debug, Args)]
#[command(after_help = joined(ADD_EXAMPLES, EXIT_CODES))]
pub(crate) struct Add {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Files or folders to read; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) meta: MetaOptions,
    #[command(flatten)]
    pub(crate) tables: TableOptions,
    /// Take only part I of N of the records (I from 0), for work that is spread over machines
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(crate) shard: Option<(u64, u64)>,
    /// Sentences to read: all, or those likely to hold an event (docs/cli.md says what that costs)
    #[arg(long, value_name = "SENTENCES", value_parser = sentences(), default_value_t = Sentences::Likely)]
    pub(crate) read: Sentences,
    /// Code documents in other languages too, as if they were English
    #[arg(long)]
    pub(crate) any_language: bool,
    /// Folder of the codebook [default: the one that is part of the program]
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
    /// Days by which two reports of one act may lie apart
    #[arg(long, value_name = "N", default_value_t = readout_record::SAME_ACT_DAYS)]
    pub(crate) days: u16,
    /// Threads that code; the store is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Write messages and progress as JSON lines, for programs that watch
    #[arg(long)]
    pub(crate) log_json: bool,
    /// No progress line and no summary; messages about what was rejected stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Reads "3/16".
fn shard(text: &str) -> Result<(u64, u64), String> {
    let wrong = || format!("expected I/N with I from 0 to N - 1, such as 3/16, found \"{text}\"");
    let (part, of) = text.split_once('/').ok_or_else(wrong)?;
    let (part, of) = (part.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
    if part < of { Ok((part, of)) } else { Err(wrong()) }
}

/// Options of `readout check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout check news.db

The hash covers documents, events, attributions and the outcome of every record: two stores with the same hash hold the same,
in whatever order it came.

Exit codes: 0 sound, 2 damaged or no store.")]
pub(crate) struct Check {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
}

const QUERY_EXAMPLES: &str = "\
Examples:
  readout query news.db --actor IRN --recipient USA --status fact
  readout query news.db --type ASSAULT,COERCE --from 2019-01-01 --to 2019-12-31 --count-by month
  readout query news.db --count-by actor_country,recipient_country --acts --format csv > dyads.csv
  readout query news.db --text 'ceasefire OR truce' --speaker rouhani
  readout query news.db --facets --actor RUSGOV
  readout query news.db --sql 'SELECT type, count(*) FROM events GROUP BY 1'

In capitals a party is a code or its beginning (IRN, IRNGOV, IGOUNO, ---REB), else a name or a part of one. An option that
is given several times, or a list between commas, means any of its values. Events are mentions; --acts counts each act once.
";

/// Options of `readout query`.
#[derive(Debug, Args)]
#[command(after_help = joined(QUERY_EXAMPLES, "\
Exit codes: 0 found, 1 nothing found, 2 failed."))]
pub(crate) struct Query {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterOptions,
    /// Count the events by these fields instead of listing them
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field, help_heading = "What to give")]
    pub(crate) count_by: Vec<readout_store::Field>,
    /// Count by month, and by every facet: types, statuses, sides, dyads, speakers, publishers, places
    #[arg(long, conflicts_with = "count_by", help_heading = "What to give")]
    pub(crate) facets: bool,
    /// Run this SQL, one statement that reads, instead (tables: docs/store.md)
    #[arg(long, value_name = "SQL", conflicts_with_all = ["count_by", "facets"], help_heading = "What to give")]
    pub(crate) sql: Option<String>,
    /// Seconds that SQL may run
    #[arg(long, value_name = "S", default_value_t = 10.0, requires = "sql", help_heading = "What to give")]
    pub(crate) seconds: f64,
    /// Rows at most
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "What to give")]
    pub(crate) limit: usize,
    /// How to write them; `auto` is a table on a terminal and CSV elsewhere
    #[arg(long, value_enum, default_value_t = GridFormat::Auto, help_heading = "What to give")]
    pub(crate) format: GridFormat,
}

/// Which events are meant.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Which events")]
pub(crate) struct FilterOptions {
    /// Who acts
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    pub(crate) actor: Vec<String>,
    /// Whom it reaches
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    pub(crate) recipient: Vec<String>,
    /// Who is on either side
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    pub(crate) party: Vec<String>,
    /// Whose word it is
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    pub(crate) speaker: Vec<String>,
    /// Only what the narrator says on his own word
    #[arg(long, conflicts_with = "speaker")]
    pub(crate) unattributed: bool,
    /// Where: a country's code, or words of the place
    #[arg(long, value_name = "WHERE", value_delimiter = ',')]
    pub(crate) place: Vec<String>,
    /// PLOVER type
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// Quad class: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=4))]
    pub(crate) quad: Vec<u8>,
    /// fact, future, hypothetical, negated, historical
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = ["fact", "future", "hypothetical", "negated", "historical"])]
    pub(crate) status: Vec<String>,
    /// Words of the publisher's name
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Vec<String>,
    /// First day: of the event where it is dated, else of the report
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<Date>,
    /// Words of the sentence (SQLite FTS5: 'ceasefire OR truce', '\"peace talks\"', 'negotiat*')
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// Least confidence, 0 to 1
    #[arg(long, value_name = "X")]
    pub(crate) confidence: Option<f32>,
    /// Acts rather than mentions
    #[arg(long)]
    pub(crate) acts: bool,
}

/// Reads the name of a field.
fn field(text: &str) -> Result<readout_store::Field, String> {
    let found = readout_store::Field::ALL.into_iter().find(|(_, name)| *name == text);
    found.map(|(field, _)| field).ok_or_else(|| {
        let names: Vec<&str> = readout_store::Field::ALL.iter().map(|(_, name)| *name).collect();
        format!("no field \"{text}\": one of {}", names.join(", "))
    })
}

/// Formats of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GridFormat {
    /// Table on a terminal, CSV elsewhere
    Auto,
    /// For people
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One object a line
    Jsonl,
}

/// Options of `readout merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout merge news.db part-*.db

The parts stay as they are. What the store holds already is passed over, so the command may be run again. Parts must have been
coded alike. The result is the store that one `readout add` of all their inputs would have made.

Exit codes: 0 done, 2 failed.")]
pub(crate) struct Merge {
    /// The store to merge into; made where there is none
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// The stores to take in
    #[arg(value_name = "PART", required = true)]
    pub(crate) parts: Vec<PathBuf>,
    /// Days by which two reports of one act may lie apart
    #[arg(long, value_name = "N", default_value_t = readout_record::SAME_ACT_DAYS)]
    pub(crate) days: u16,
    /// No progress line and no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options of `readout recode`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout recode news.db --show 20
  readout recode news.db --codebook my-codebook/ --output differences.jsonl
  readout recode news.db --codebook my-codebook/ --commit

Without --commit the store stays as it is: the new coding is kept in STORE.recoding, so that the same command with --commit
has only to put it in place. A recoding that was stopped goes on when the command is run again.

Exit codes: 0 done, 1 the store is empty, 2 failed.")]
pub(crate) struct Recode {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Folder of the codebook [default: the one that is part of the program]
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
    /// Put the new coding in the old one's place
    #[arg(long)]
    pub(crate) commit: bool,
    /// Show the first N events that differ
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) show: usize,
    /// Write all events that differ to this file, as JSON lines
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Days by which two reports of one act may lie apart
    #[arg(long, value_name = "N", default_value_t = readout_record::SAME_ACT_DAYS)]
    pub(crate) days: u16,
    /// Threads that code; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// No progress line
    #[arg(short, long)]
    pub(crate) quiet: bool,
}
