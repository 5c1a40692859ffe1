//! The record, field by field, in the order in which it is written.

use jiff::civil::Date;
use readout_coder::{Manner, Status};
use serde::{Deserialize, Serialize};

use crate::{Days, EventId, names};

/// Name and version of the schema that [`Record`] writes.
pub const SCHEMA: &str = "readout/1";

/// First byte and one past the last byte of the text as it was given.
pub type ByteSpan = [usize; 2];

/// All that was read from one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The caller's identifier, or one made from the text.
    pub id: String,
    /// Where the report came from.
    #[serde(default)]
    pub uri: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who wrote it, where the input says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<Date>,
    /// Publisher's name: the outermost voice of every event.
    #[serde(default)]
    pub publisher: Option<String>,
    /// BCP 47 language tag.
    #[serde(default)]
    pub language: Option<String>,
    /// Licence of the text, an SPDX identifier where known.
    #[serde(default)]
    pub licence: Option<String>,
    /// The names or initials of a byline.
    #[serde(default)]
    pub byline: Option<String>,
    /// The agency that a credit names.
    #[serde(default)]
    pub credit: Option<String>,
    /// Where and when the report was filed.
    #[serde(default)]
    pub dateline: Option<Dateline>,
    /// Version of the codebook that coded it.
    #[serde(default)]
    pub codebook: Option<String>,
    /// Sentences in order; `sent` elsewhere counts them from 0.
    #[serde(default)]
    pub sentences: Vec<Sentence>,
    /// Parts of the text that are not its body.
    #[serde(default)]
    pub furniture: Vec<Furniture>,
    /// Acts, in the order of the text.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Who says what, in the order of the text.
    #[serde(default)]
    pub attributions: Vec<Attribution>,
    /// What was wrong with the input and was mended or skipped.
    #[serde(default)]
    pub problems: Vec<Problem>,
}

/// Where and when a report was filed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place, as written.
    pub place: Option<String>,
    /// Day, where the dateline names one and the year is known.
    #[serde(default)]
    pub date: Option<Date>,
    /// Where it stands.
    pub span: ByteSpan,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its text; written only where the caller asked for it, as texts may have owners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A part of the text that is not its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    /// `dateline`, `byline`, `credit`, `licence` or `page`.
    pub kind: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// What it says, where that can be told.
    #[serde(default)]
    pub value: Option<String>,
}

/// One act, as one sentence tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The same for the same document, sentence, place in the sentence and codebook version.
    pub id: EventId,
    /// Its sentence, from 0.
    pub sent: usize,
    /// The words that name the act, as written.
    pub trigger: String,
    /// Where they stand.
    pub span: ByteSpan,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// PLOVER contexts, sorted.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// CAMEO code.
    #[serde(default)]
    pub cameo: Option<String>,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score of type and mode.
    pub score: f32,
    /// Goldstein score (1992) of the CAMEO code.
    #[serde(default)]
    pub goldstein: Option<f32>,
    /// Who acts; all parties where the act is reciprocal.
    pub actor: Vec<Party>,
    /// Whom it reaches.
    pub recipient: Vec<Party>,
    /// Whether it happened.
    #[serde(with = "names::status")]
    pub status: Status,
    /// Where it happened, if the sentence says so.
    #[serde(default)]
    pub place: Option<Place>,
    /// When it happened, as written.
    #[serde(default)]
    pub when: Option<String>,
    /// Where that stands.
    #[serde(default)]
    pub when_span: Option<ByteSpan>,
    /// First and last day, both included.
    #[serde(default)]
    pub date: Option<Days>,
    /// The unit that `date` is told in: `day`, `week`, `month`, `quarter`, `season`, `year`, `decade`, `century`.
    #[serde(default)]
    pub granularity: Option<String>,
    /// Whose word it is, innermost speaker first; empty for the narrator's own.
    #[serde(default)]
    pub said_by: Vec<Speaker>,
    /// The lexicon rule that fired, with the operators before it.
    #[serde(default)]
    pub rule: String,
    /// Between 0 and 1.
    #[serde(default)]
    pub confidence: f32,
    /// The event that told of the same act first; written only where acts were linked ([`crate::link`]) and this is not it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<EventId>,
}

/// A party on one side of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Shortest phrase that names it, as written.
    pub text: String,
    /// Where that stands.
    pub span: ByteSpan,
    /// Canonical name, where the party is known or was resolved.
    #[serde(default)]
    pub name: Option<String>,
    /// Its code ("IRNGOV").
    pub code: String,
    /// ISO 3166-1 alpha-3 country of the code, where it has one.
    #[serde(default)]
    pub country: Option<String>,
    /// Sector of the code, where it has one.
    #[serde(default)]
    pub sector: Option<String>,
    /// What the code was inferred from, where it does not stand in `text`.
    #[serde(default)]
    pub inferred: Option<String>,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The phrase, as written.
    pub text: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// Latitude in degrees, north positive.
    #[serde(default)]
    pub lat: Option<f32>,
    /// Longitude in degrees, east positive.
    #[serde(default)]
    pub lon: Option<f32>,
    /// ISO 3166-1 alpha-3 code of its country.
    #[serde(default)]
    pub country: Option<String>,
    /// Its first-level division (state, province), by name.
    #[serde(default)]
    pub admin1: Option<String>,
}

/// One link of a chain of speakers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The phrase, as written; null where another sentence names the speaker.
    pub text: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub span: Option<ByteSpan>,
    /// Canonical name, where known.
    #[serde(default)]
    pub name: Option<String>,
    /// Code, or a medium's name.
    pub code: String,
    /// The cue, as written; "" where a quotation goes on without one.
    #[serde(default)]
    pub cue: String,
}

/// Who says what, in one sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Its sentence, from 0.
    pub sent: usize,
    /// Who says it.
    pub source: Source,
    /// The words that tell that it is said.
    pub cue: Phrase,
    /// What is said.
    pub content: Phrase,
    /// Quoted, reported, or partly quoted.
    #[serde(with = "names::manner")]
    pub kind: Manner,
    /// Index in `attributions` of the one this stands in.
    #[serde(default)]
    pub nested_in: Option<usize>,
    /// Index in `attributions` of the one this continues from an earlier sentence.
    #[serde(default)]
    pub continues: Option<usize>,
}

/// The source of an attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The phrase, as written; null where this sentence does not name the source.
    pub text: Option<String>,
    /// Its spans.
    #[serde(default)]
    pub spans: Vec<ByteSpan>,
    /// Canonical name, where known.
    #[serde(default)]
    pub name: Option<String>,
    /// Code, or a medium's name.
    pub code: String,
}

/// Words and where they stand; more than one span where something else stands in their middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// As written.
    pub text: String,
    /// Their spans.
    #[serde(default)]
    pub spans: Vec<ByteSpan>,
}

/// Something wrong with the input that did not stop it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Where, if there is a place.
    #[serde(default)]
    pub span: Option<ByteSpan>,
    /// What, in one clause.
    pub what: String,
}
