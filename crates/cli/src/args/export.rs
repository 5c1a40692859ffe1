//! Options of `readout export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use readout_export as export;
use readout_record::Status;

const EXAMPLES: &str = "\
Examples:
  readout export news.db --format csv --output events.csv
  readout export linked.jsonl --format gdelt --output 20240501.export.CSV
  readout export linked.jsonl --format parquet | duckdb -c \"FROM '/dev/stdin' SELECT type, count(*) GROUP BY 1\"
  readout export linked.jsonl --format panel --codes gw --from 2020-01-01 --to 2023-12-31 --output dyad-months.csv
  readout export linked.jsonl --format panel --unit country --period year --role recipient --one-a-day

Records are a store, or what `readout code` wrote, best after `readout dedupe`: then an act that is told ten times is one row, and its
numbers of mentions, articles and sources are right. Formats without a column for the status take facts alone, unless
--status says otherwise. docs/exports.md says what each column holds.

Exit codes:
  0  everything was exported
  1  there was nothing to export
  2  something could not be read or written; messages say what, and the rest was done";

/// Options of `readout export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// Stores, and files of records that `readout code` or `readout dedupe` wrote; `-` or none for standard input
    #[arg(value_name = "RECORDS")]
    pub(crate) files: Vec<PathBuf>,
    /// What to write
    #[arg(short, long, value_enum)]
    pub(crate) format: ExportFormat,
    /// Write to this file instead of standard output; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Statuses that count, parted by commas; `all` for all [default: all where rows tell it, else fact]
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub(crate) status: Vec<Statuses>,
    /// First day of acts; of a panel, its first month or year
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// Last day of acts; of a panel, its last month or year
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<Date>,
    /// Least confidence, 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0)]
    pub(crate) min_confidence: f32,
    /// Count every mention by itself, not acts
    #[arg(long)]
    pub(crate) mentions: bool,
    /// Keep one of a day, actor, recipient and CAMEO code (event data and panels)
    #[arg(long)]
    pub(crate) one_a_day: bool,
    #[command(flatten)]
    pub(crate) panel: Panel,
    /// No summary; messages about what could not be read stay
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How a panel is made.
#[derive(Debug, Args)]
#[command(next_help_heading = "Panels")]
pub(crate) struct Panel {
    /// What a row is about
    #[arg(long, value_enum, default_value_t = PanelUnit::Dyad)]
    pub(crate) unit: PanelUnit,
    /// How long the time of a row is
    #[arg(long, value_enum, default_value_t = PanelPeriod::Month)]
    pub(crate) period: PanelPeriod,
    /// Codes of countries; they say too who is a member of the system of states when
    #[arg(long, value_enum, default_value_t = PanelCodes::Cow)]
    pub(crate) codes: PanelCodes,
    /// Package of R whose names the columns of codes have
    #[arg(long, value_enum, default_value_t = PanelKeys::Peacesciencer)]
    pub(crate) keys: PanelKeys,
    /// One row for both directions of a dyad, the larger code second
    #[arg(long)]
    pub(crate) undirected: bool,
    /// Rows for what parties of one country do to each other too
    #[arg(long)]
    pub(crate) domestic: bool,
    /// Parties of a country that count: `all`, `state` (its organs), or sectors parted by commas (GOV,MIL)
    #[arg(long, value_name = "SECTORS", default_value = "all")]
    pub(crate) sectors: String,
    /// Side that a panel of countries counts
    #[arg(long, value_enum, default_value_t = PanelRole::Actor)]
    pub(crate) role: PanelRole,
    /// Countries and territories in no list of members too, for all times (with --codes iso)
    #[arg(long)]
    pub(crate) territories: bool,
}

/// Formats of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// An event a line, JSON
    Jsonl,
    /// A row an event, CSV
    Csv,
    /// A row an event, Parquet
    Parquet,
    /// A row an attribution, CSV
    AttributionsCsv,
    /// A row an attribution, Parquet
    AttributionsParquet,
    /// GDELT 2.0 events, 61 columns
    Gdelt,
    /// GDELT 2.0 mentions, 16 columns
    GdeltMentions,
    /// ICEWS events, 20 columns
    Icews,
    /// POLECAT events, 40 columns
    Polecat,
    /// Phoenix events, 26 columns
    Phoenix,
    /// Balanced panel of dyads or countries by month or year, CSV
    Panel,
    /// The same, Parquet
    PanelParquet,
}

/// One status, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statuses {
    All,
    One(Status),
}

/// Units of panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelUnit {
    /// Two countries
    Dyad,
    /// One country
    Country,
}

/// Periods of panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelPeriod {
    /// Months, with VIEWS' month_id
    Month,
    /// Years
    Year,
}

/// Codes of panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelCodes {
    /// Correlates of War: ccode1, ccode2
    Cow,
    /// Gleditsch and Ward: gwcode1, gwcode2
    Gw,
    /// ISO 3166-1: iso3c_1, iso3c_2
    Iso,
}

/// Names of keys of panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelKeys {
    /// Countries of the Correlates of War in ccode
    Peacesciencer,
    /// Countries of the Correlates of War in cowcode
    States,
}

/// Roles in panels of countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelRole {
    /// Who acts
    Actor,
    /// Whom it reaches
    Recipient,
    /// Either, once
    Either,
    /// Where it is done
    Place,
}

fn status(text: &str) -> Result<Statuses, String> {
    if text == "all" {
        return Ok(Statuses::All);
    }
    let found = Status::ALL.iter().find(|(_, name)| *name == text).map(|(s, _)| Statuses::One(*s));
    let names = || Status::ALL.map(|(_, name)| name).join(", ");
    found.ok_or_else(|| format!("one of {}, all", names()))
}

impl From<ExportFormat> for export::Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Jsonl => export::Format::Jsonl,
            ExportFormat::Csv => export::Format::Csv,
            ExportFormat::Parquet => export::Format::Parquet,
            ExportFormat::AttributionsCsv => export::Format::AttributionsCsv,
            ExportFormat::AttributionsParquet => export::Format::AttributionsParquet,
            ExportFormat::Gdelt => export::Format::Gdelt,
            ExportFormat::GdeltMentions => export::Format::GdeltMentions,
            ExportFormat::Icews => export::Format::Icews,
            ExportFormat::Polecat => export::Format::Polecat,
            ExportFormat::Phoenix => export::Format::Phoenix,
            ExportFormat::Panel => export::Format::PanelCsv,
            ExportFormat::PanelParquet => export::Format::PanelParquet,
        }
    }
}

impl Export {
    /// The statuses that count; none for all.
    fn statuses(&self) -> Vec<Status> {
        if self.status.is_empty() {
            return if export::Format::from(self.format).has_status() { Vec::new() } else { vec![Status::Fact] };
        }
        if self.status.contains(&Statuses::All) {
            return Vec::new();
        }
        let one = |s: &Statuses| match s {
            Statuses::One(status) => Some(*status),
            Statuses::All => None,
        };
        self.status.iter().filter_map(one).collect()
    }

    /// What the library is asked for.
    pub(crate) fn options(&self) -> export::Options {
        export::Options {
            statuses: self.statuses(),
            from: self.from,
            to: self.to,
            confidence: self.min_confidence,
            counted: if self.mentions { export::Counted::Mentions } else { export::Counted::Acts },
            one_a_day: self.one_a_day,
            panel: self.panel.options(),
        }
    }
}

impl Panel {
    fn options(&self) -> export::PanelOptions {
        export::PanelOptions {
            unit: match self.unit {
                PanelUnit::Dyad => export::Unit::Dyad,
                PanelUnit::Country => export::Unit::Country,
            },
            period: match self.period {
                PanelPeriod::Month => export::Period::Month,
                PanelPeriod::Year => export::Period::Year,
            },
            codes: match self.codes {
                PanelCodes::Cow => export::Codes::Cow,
                PanelCodes::Gw => export::Codes::Gw,
                PanelCodes::Iso => export::Codes::Iso,
            },
            keys: match self.keys {
                PanelKeys::Peacesciencer => export::Keys::Peacesciencer,
                PanelKeys::States => export::Keys::States,
            },
            undirected: self.undirected,
            domestic: self.domestic,
            sectors: match self.sectors.as_str() {
                "all" => export::Sectors::All,
                "state" => export::Sectors::State,
                list => export::Sectors::These(list.split(',').map(|s| s.trim().to_uppercase()).collect()),
            },
            role: match self.role {
                PanelRole::Actor => export::Role::Actor,
                PanelRole::Recipient => export::Role::Recipient,
                PanelRole::Either => export::Role::Either,
                PanelRole::Place => export::Role::Place,
            },
            territories: self.territories,
        }
    }
}
