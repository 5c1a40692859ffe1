//! What the coder gives.

use jiff::civil::Date;
pub use readout_codebook::Status;
use readout_text::Span;

/// Everything coded from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// Events in the order of their sentences and triggers.
    pub events: Vec<Event>,
    /// Attributions in the order of their sentences and cues.
    pub attributions: Vec<Attribution>,
}

/// One act, as one sentence tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Index of its sentence.
    pub sentence: usize,
    /// The words that name the act, as written.
    pub trigger: String,
    /// Where they stand.
    pub span: Span,
    /// PLOVER event type ("ACCUSE").
    pub kind: String,
    /// PLOVER mode ("disapprove").
    pub mode: Option<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code, two to four digits.
    pub cameo: Option<String>,
    /// PLOVER quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score of type and mode.
    pub score: f32,
    /// Goldstein score (1992) of the CAMEO code.
    pub goldstein: Option<f32>,
    /// Who acts; all parties where the act is reciprocal.
    pub actor: Vec<Side>,
    /// Whom it reaches.
    pub recipient: Vec<Side>,
    /// Whether it happened.
    pub status: Status,
    /// Where it happened, if the sentence says so.
    pub place: Option<Place>,
    /// When it happened, if the sentence says so.
    pub when: Option<Time>,
    /// Whose word it is, innermost speaker first; empty for the narrator's own.
    pub said_by: Vec<Speaker>,
    /// The lexicon rule that fired, with operators before it ("refuse+aid/give").
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f32,
}

/// A party on one side of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Shortest phrase that names it, as written.
    pub text: String,
    /// Where that stands.
    pub span: Span,
    /// Canonical name, where the party is known or was resolved.
    pub name: Option<String>,
    /// Its code ("IRNGOV").
    pub code: String,
    /// What the code was inferred from, where it does not stand in `text`: "pronoun", "description", "office", "document".
    pub inferred: Option<&'static str>,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The phrase, as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Latitude and longitude in degrees, where the place is in the tables.
    pub coordinates: Option<(f32, f32)>,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// Its first-level division (state, province), by name.
    pub admin1: Option<String>,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// The phrase, as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// First and last day, both included, where the document's date allows.
    pub days: Option<(Date, Date)>,
    /// The unit that the days are told in ("day", "month"), where they are known.
    pub granularity: Option<&'static str>,
}

/// One link of a chain of speakers.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The phrase, as written; `None` where the speaker is named in another sentence.
    pub text: Option<String>,
    /// Where it stands.
    pub span: Option<Span>,
    /// Canonical name, where known.
    pub name: Option<String>,
    /// Code, or a medium's name.
    pub code: String,
    /// The cue, as written.
    pub cue: String,
}

/// Who says what, in one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Index of its sentence.
    pub sentence: usize,
    /// The source; `text` is `None` where this sentence does not name it.
    pub source: Speaker,
    /// Spans of the source phrase.
    pub source_spans: Vec<Span>,
    /// Spans of the cue; none where a quotation goes on without one.
    pub cue_spans: Vec<Span>,
    /// What is said, as written.
    pub content: String,
    /// Its spans; more than one where the source or cue stands in its middle.
    pub content_spans: Vec<Span>,
    /// Quoted, reported, or partly quoted.
    pub manner: Manner,
    /// Index (in the document) of the attribution this one stands in.
    pub nested_in: Option<usize>,
    /// Index of the attribution that this one continues from an earlier sentence.
    pub continues: Option<usize>,
}

/// How something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Within quotation marks.
    Direct,
    /// Reported.
    Indirect,
    /// Reported with a part within quotation marks.
    Mixed,
}

impl Manner {
    const ALL: [Manner; 3] = [Manner::Direct, Manner::Indirect, Manner::Mixed];

    /// The name that records use.
    pub fn name(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
    }

    /// The manner with that name.
    pub fn from_name(name: &str) -> Option<Manner> {
        Manner::ALL.into_iter().find(|m| m.name() == name)
    }
}
