//! The command line: commands, flags, and their help.

mod export;
mod serve;
mod store;
mod stream;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use readout_pipeline::Sentences;

pub(crate) use export::{Export, ExportFormat};
pub(crate) use serve::Serve;
pub(crate) use store::{Add, Check, FilterOptions, GridFormat, Merge, Query, Recode};
pub(crate) use stream::Stream;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was coded
  1  there was nothing to code
  2  something was rejected or failed; messages say where and why, and the rest was done";

/// Reads news and writes down who did what to whom, when and where, and on whose word.
#[derive(Debug, Parser)]
#[command(name = "readout", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code reports: events and attributions, as a table or as JSON lines
    Code(Code),
    /// Code reports into a store: each once, however often and in whatever order it is given
    Add(Add),
    /// Check that a store is sound, and say what it holds
    Check(Check),
    /// Ask a store: events with their sentences, counts, series over time, SQL
    Query(Query),
    /// Open a store in a browser: search it, read its reports, code your own texts
    Serve(Serve),
    /// Take what other stores hold into one store
    Merge(Merge),
    /// Code a store's reports again after the codebook or the program changed, and show what differs
    Recode(Recode),
    /// Say what one marked party does to another: the best PLOVER type for each pair
    Relate(Relate),
    /// Show how one text is read: words, tree, names, events, and the rules that matched or nearly did
    Explain(Explain),
    /// Score against hand annotation, compare with earlier records, list the errors
    Eval(Eval),
    /// Link the events that tell of the same act, within reports and across reports of the same days
    Dedupe(Dedupe),
    /// Write what other tools read: CSV, Parquet, GDELT, ICEWS, POLECAT, Phoenix, balanced panels
    Export(Export),
    /// Poll feeds and fetch the pages of their new entries into a web archive
    Fetch(Fetch),
    /// Code what comes on a stream (NATS JetStream) onto another or into a store, each once
    Stream(Stream),
    /// Work on the codebook
    Codebook(Codebook),
    /// Write a completion script for a shell
    Completions(Completions),
}

const CODE_EXAMPLES: &str = "\
Examples:
  readout code report.txt --published 2026-03-14 --publisher Reuters
  readout code archive/*.jsonl --output records.jsonl
  readout code archive/ --format jsonl | jq '.events[].type'

Input is plain text (one report a file), JSON lines with `id`, `text` (or `sentences`, a list), and where known
`published`, `publisher`, `title`, `uri`, `language`, tables (CSV, TSV, Parquet) or feeds; gzipped or not. Of a folder the files with known endings are read.

Without colour the table marks <actor>, *act*, [recipient] and _speaker_.
";

const RELATE_EXAMPLES: &str = "\
Examples:
  readout relate pairs.jsonl > relations.jsonl
  echo '{\"id\": \"1\", \"text\": \"Peru sued Chile.\", \"source\": [[0, 4]], \"target\": [[10, 15]]}' | readout relate

A line of input has `text`, and `source` and `target`: lists of [start, end] in characters of the text, empty where a
side is not known. A line of output has `id`, `type`, `mode`, `confidence` (0 to 1) and `reason`.
";

/// Options of `readout code`.
#[derive(Debug, Args)]
#[command(after_help = joined(CODE_EXAMPLES, EXIT_CODES))]
pub(crate) struct Code {
    /// Files or folders to read; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What to write; `auto` is a table on a terminal and JSON lines elsewhere
    #[arg(long, value_enum, default_value_t = RecordFormat::Auto)]
    pub(crate) format: RecordFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) meta: MetaOptions,
    #[command(flatten)]
    pub(crate) tables: TableOptions,
    /// Show attributions that hold no event too (table)
    #[arg(long)]
    pub(crate) attributions: bool,
    /// Code reports in other languages than English too: they are read as if they were English
    #[arg(long)]
    pub(crate) any_language: bool,
    /// Put each sentence's text into the record (JSON lines)
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Sentences to read: all, or for large volumes those likely to hold an event (docs/cli.md says what that costs)
    #[arg(long, value_name = "SENTENCES", value_parser = sentences(), default_value_t = Sentences::All)]
    pub(crate) read: Sentences,
    /// Threads that read; the output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, help = COLOR_HELP)]
    pub(crate) color: ColorChoice,
    /// No progress line and no summary; messages about what was rejected stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How tables are read.
#[derive(Debug, Default, Args)]
pub(crate) struct TableOptions {
    /// A column of a table that holds what its name does not tell, such as text=BODY; may be repeated
    #[arg(long, value_name = "FIELD=NAME")]
    pub(crate) column: Vec<readout_sources::Column>,
    /// Which of two numbers in a date is the month, where both could be (03/04/2019)
    #[arg(long, value_enum)]
    pub(crate) dates: Option<DateChoice>,
}

/// Orders of the numbers in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateChoice {
    /// Month, day, year
    Mdy,
    /// Day, month, year
    Dmy,
}

/// What is known of the input where it does not say so itself.
#[derive(Debug, Default, Args)]
pub(crate) struct MetaOptions {
    /// Day of publication, where the input does not give one
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) published: Option<Date>,
    /// Publisher, where the input does not give one
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Identifier of the (first) document [default: its own, or made from the text]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Language (BCP 47 tag), where the input does not give one
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
}

const COLOR_HELP: &str = "Colours; `auto` is on for a terminal unless NO_COLOR is set";

/// Options of `readout relate`.
#[derive(Debug, Args)]
#[command(after_help = joined(RELATE_EXAMPLES, EXIT_CODES))]
pub(crate) struct Relate {
    /// File of pairs, JSON lines; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Threads that read; the output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// No summary; messages about what was rejected stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options of `readout explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout explain \"Iran condemned the U.S. raid, a spokesman said.\" --published 2019-02-26
  pbpaste | readout explain -")]
pub(crate) struct Explain {
    /// The text, or `-` for standard input
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) meta: MetaOptions,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, help = COLOR_HELP)]
    pub(crate) color: ColorChoice,
}

/// Options of `readout eval`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout eval gold.jsonl --errors
  readout code gold.jsonl > before.jsonl; ...; readout eval gold.jsonl --baseline before.jsonl
  readout eval gold.jsonl --pred records.jsonl --format json
  readout eval gold.jsonl more.jsonl --reliability
  readout eval gold.jsonl more.jsonl --calibrate > codebook/confidence.txt
  readout eval polnear.jsonl.gz --errors --save predictions.jsonl

Measures of events, each stricter than the one before: act (sentence and type), dyad (and the countries on both sides),
full (and the sectors), said (dyad, and status and innermost speaker). Measures of attributions: relation (a pair with
at least half of the shorter content), content_tokens, source and cue.

Gold whose lines have `doc_id`, `text` and attributions with lists of [start, end] is scored by attribution relations in
the wide scope, as PolNeAR has them: spans of source, cue and content, and whole relations.

Where the gold holds pairs of marked parties (lines with `source`, `target` and `type`, or PLOVER's gold standard
records), relations are scored: macro-averaged F1 over binary, quad and root classes, CONCEDE and RETREAT being one.")]
pub(crate) struct Eval {
    /// Hand annotation, JSON lines, gzipped or not; several files count as one set
    #[arg(required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Records to score, instead of coding the gold's sentences now
    #[arg(long, value_name = "RECORDS")]
    pub(crate) pred: Option<PathBuf>,
    /// Write the attributions coded here, as `doc_id` and spans in code points (gold of attribution relations)
    #[arg(long, value_name = "FILE", conflicts_with = "pred")]
    pub(crate) save: Option<PathBuf>,
    /// Earlier records to compare with
    #[arg(long, value_name = "RECORDS")]
    pub(crate) baseline: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = ScoreFormat::Table)]
    pub(crate) format: ScoreFormat,
    /// List the errors, the largest class first
    #[arg(long)]
    pub(crate) errors: bool,
    /// Show whether confidence holds: of the events coded with 0.7, are seven in ten right?
    #[arg(long)]
    pub(crate) reliability: bool,
    /// Fit the codebook's `confidence` block to this gold and print it, instead of scores
    #[arg(long, conflicts_with_all = ["pred", "baseline", "format", "errors"])]
    pub(crate) calibrate: bool,
    /// Sentences to read: all, or those likely to hold an event
    #[arg(long, value_name = "SENTENCES", value_parser = sentences(), default_value_t = Sentences::All)]
    pub(crate) read: Sentences,
    /// Threads that read
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, help = COLOR_HELP)]
    pub(crate) color: ColorChoice,
}

/// Options of `readout dedupe`.
#[derive(Debug, Args)]
#[command(after_help = joined("\
Examples:
  readout code archive/ | readout dedupe > linked.jsonl
  readout dedupe monday.jsonl tuesday.jsonl --first-only --output acts.jsonl

Each event that tells of an act told before gets `same_as`, the id of the event that told of it first; nothing is lost.
Within a report a later mention may say less. Across reports the parties on both sides must be the same, and mode, place and
day must not be at odds. All records of one call are held in memory.
", EXIT_CODES))]
pub(crate) struct Dedupe {
    /// Files of records that `readout code` wrote; `-` or none for standard input
    #[arg(value_name = "RECORDS")]
    pub(crate) files: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Days by which two reports of one act may lie apart
    #[arg(long, value_name = "N", default_value_t = readout_record::SAME_ACT_DAYS)]
    pub(crate) days: u16,
    /// Link within each document alone
    #[arg(long, conflicts_with = "days")]
    pub(crate) within: bool,
    /// Write one event an act: leave out the later mentions
    #[arg(long)]
    pub(crate) first_only: bool,
    /// No summary; messages about what could not be read stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options of `readout fetch`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  readout fetch https://news.example/feed.xml --into archive/
  readout fetch feeds.txt --into archive/ && readout code archive/ > records.jsonl

Each run writes a file of its own, readout-TIME.warc.gz, complete or not at all; fetch.state beside it knows what has been
fetched. Run it as often as you like: feeds are asked on condition, pages fetched once, robots.txt and waits obeyed.

Exit codes:
  0  something new was fetched
  1  there was nothing new
  2  something could not be fetched, or was left to a later run; messages say what and why, and the rest was done")]
pub(crate) struct Fetch {
    /// Addresses of feeds (RSS, Atom, JSON Feed), or files that list them one a line with `#` before comments
    #[arg(value_name = "FEED", required = true)]
    pub(crate) feeds: Vec<String>,
    /// Folder of the archive; made if need be
    #[arg(long, value_name = "ARCHIVE")]
    pub(crate) into: PathBuf,
    /// Fetch no pages, only the feeds
    #[arg(long)]
    pub(crate) feeds_only: bool,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    pub(crate) delay: f64,
    /// Minutes after which nothing more is begun; the rest is left to the next run
    #[arg(long, value_name = "MINUTES", default_value_t = readout_fetch::Limits::default().run_minutes)]
    pub(crate) minutes: u64,
    /// What servers are told of you, for example your project and an address to write to
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_agent: Option<String>,
    /// Reach this address or network though it is not public, such as 10.1.2.0/24 (for your own servers)
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) allow_private: Vec<readout_fetch::Network>,
    /// No progress line and no summary; messages about what failed stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options of `readout codebook`.
#[derive(Debug, Args)]
pub(crate) struct Codebook {
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

/// What to do with the codebook.
#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Check a codebook's files and run their examples
    #[command(after_help = "\
Examples:
  readout codebook check
  readout codebook check my-codebook/

Exit codes: 0 no errors (warnings may stand), 2 errors.")]
    Check {
        /// Folder of the codebook [default: the one that is part of the program]
        dir: Option<PathBuf>,
        /// Leave the examples out
        #[arg(long)]
        no_examples: bool,
    },
    /// Show the operators as a Markdown table: what each makes of which acts
    #[command(after_help = "\
Examples:
  readout codebook operators
  readout codebook operators my-codebook/ | grep refuse")]
    Operators {
        /// Folder of the codebook [default: the one that is part of the program]
        dir: Option<PathBuf>,
    },
}

/// Options of `readout completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  readout completions bash > ~/.local/share/bash-completion/completions/readout")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Formats of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordFormat {
    /// Table on a terminal, JSON lines elsewhere
    Auto,
    /// For people
    Table,
    /// One record a line
    Jsonl,
}

/// Formats of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScoreFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn joined(examples: &str, codes: &str) -> String {
    format!("{examples}\n{codes}")
}

/// Reads a choice of sentences.
fn sentences() -> impl TypedValueParser<Value = Sentences> {
    let name = |choice: Sentences| {
        PossibleValue::new(choice.name()).help(match choice {
            Sentences::All => "Every sentence",
            Sentences::Likely => {
                "Those whose words may make an event; of documents that hold one, also those that may hold an attribution"
            }
        })
    };
    PossibleValuesParser::new(Sentences::ALL.map(name)).try_map(|name| name.parse())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
