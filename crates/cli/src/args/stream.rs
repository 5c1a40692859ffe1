//! Options of `readout stream`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use readout_pipeline::Sentences;
use readout_stream::{Each, Settings};

use super::{joined, sentences};

const EXAMPLES: &str = "\
Examples:
  readout stream --from reports --to events --create
  readout stream --from reports --to events --each event --subject news.events --durable fast --threads 8
  readout stream --from reports --store news.db --until-empty
  NATS_URL=tls://USER:PASSWORD@nats.example:4222 readout stream --from reports --filter 'reports.en.>' --to events

A message is one document: a JSON object as a line of JSON Lines has it (`text`, and where known `id`, `published`, `publisher`
...), or plain text with --text or the header `Content-Type: text/plain`. It is acknowledged once its outcome is durable. Any
number of workers of one --durable name share the work; one that is killed loses nothing, and nothing comes twice.
What gives no record is told on SUBJECT.rejected. docs/stream.md has what is promised.
";

const CODES: &str = "\
Exit codes:
  0  ended as it was told (Ctrl-C, SIGTERM, --until-empty)
  1  there was nothing in the stream (--until-empty)
  2  failed, or ended with documents in hand; they are given out again";

/// Options of `readout stream`.
#[derive(Debug, Args)]
#[command(after_help = joined(EXAMPLES, CODES))]
pub(crate) struct Stream {
    /// Address of the server, nats:// or tls://, several of a cluster between commas [default: what NATS_URL says, else
    /// nats://127.0.0.1:4222]
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// The stream that documents come from
    #[arg(long, value_name = "STREAM")]
    pub(crate) from: String,
    /// Take only messages of this subject of it; `*` stands for a word, `>` for any words at the end
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) filter: Option<String>,
    /// The stream that records go to
    #[arg(long, value_name = "STREAM", required_unless_present = "store")]
    pub(crate) to: Option<String>,
    /// The subject that they are published to
    #[arg(long, value_name = "SUBJECT", default_value = "readout.events", requires = "to")]
    pub(crate) subject: String,
    /// What a message of the results holds
    #[arg(long, value_enum, default_value_t = EachChoice::Document, requires = "to")]
    pub(crate) each: EachChoice,
    /// Keep the results in this store too (or, without --to, there alone)
    #[arg(long, value_name = "STORE")]
    pub(crate) store: Option<PathBuf>,
    /// Name under which the server remembers what is done; workers of one name share the work
    #[arg(long, value_name = "NAME", default_value = "readout")]
    pub(crate) durable: String,
    /// Make the streams that are not there
    #[arg(long)]
    pub(crate) create: bool,
    /// End once nothing is left, instead of waiting for more
    #[arg(long)]
    pub(crate) until_empty: bool,
    /// Messages are plain text where they do not say what they are
    #[arg(long)]
    pub(crate) text: bool,
    /// Day of publication, where the document does not give one
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) published: Option<Date>,
    /// Publisher, where the document does not give one
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Language (BCP 47 tag), where the document does not give one
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Sentences to read: all, or those likely to hold an event (docs/cli.md says what that costs)
    #[arg(long, value_name = "SENTENCES", value_parser = sentences(), default_value_t = Sentences::Likely)]
    pub(crate) read: Sentences,
    /// Code documents in other languages too, as if they were English
    #[arg(long)]
    pub(crate) any_language: bool,
    /// Days by which two reports of one act may lie apart (for the store)
    #[arg(long, value_name = "N", default_value_t = readout_record::SAME_ACT_DAYS)]
    pub(crate) days: u16,
    /// Seconds after which the document of a worker that fell silent is given to another; decided when the consumer is made
    #[arg(long, value_name = "SECONDS", default_value_t = Settings::default().ack_wait_millis / 1000, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) ack_wait: u64,
    /// Threads that code
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Write messages and progress as JSON lines, for programs that watch
    #[arg(long)]
    pub(crate) log_json: bool,
    /// No progress line and no summary; messages about what was rejected or failed stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What one message of the results holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EachChoice {
    /// The record of a document
    Document,
    /// The record of a document with one of its events
    Event,
}

impl From<EachChoice> for Each {
    fn from(choice: EachChoice) -> Each {
        match choice {
            EachChoice::Document => Each::Document,
            EachChoice::Event => Each::Event,
        }
    }
}
