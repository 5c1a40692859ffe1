//! What codes a pasted text: handed over by whoever starts the explorer, so that this crate need not know how.

use std::collections::BTreeSet;

use jiff::civil::Date;
use readout_codebook::Codebook;
use readout_record::Record;
use readout_store::Stored;
use serde::{Deserialize, Serialize};

/// What is known of a text beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// Day of publication.
    pub published: Option<Date>,
    /// Publisher.
    pub publisher: Option<String>,
}

/// A text and what was read from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Coded {
    /// The text, which the record's spans index.
    pub text: String,
    /// What was coded.
    pub record: Record,
    /// For each sentence how it was read: its words and their tree, drawn with lines, and the rules that were tried.
    pub readings: Vec<String>,
}

/// A report that a program sends: fields of JSON Lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Its text.
    pub text: String,
    /// The sender's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication, `2019-02-26`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// BCP 47 language tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Why a report was not coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// What is wrong with it, in one clause.
    pub reason: String,
    /// What to do about it, in one clause.
    pub hint: String,
}

/// Codes texts.
pub trait Code: Send + Sync {
    /// What is read from `text`; `None` where that failed because of a fault in the program.
    fn code(&self, text: &str, given: &Given) -> Option<Coded>;

    /// What becomes of a report that a program sends: what `readout code` makes of the same fields.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn outcome(&self, sent: &Sent) -> Result<Record, Rejected>;

    /// What is read from a report of the store with the program's own codebook, and with another; `None` where that
    /// failed because of a fault in the program.
    fn compare(&self, report: &Stored, codebook: &Codebook) -> Option<[Record; 2]>;

    /// Examples of a codebook's blocks of these names that do not come out: place, sentence, what was expected, what came.
    fn failures(&self, codebook: &Codebook, blocks: &BTreeSet<&str>) -> Vec<String>;
}
