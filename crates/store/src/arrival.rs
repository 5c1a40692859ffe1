//! What comes to a store.

use readout_record::Record;

use crate::hash::digest;
use crate::near::Signature;

/// One record of an input and what came of it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The input: a file as it was named, or "standard input".
    pub input: String,
    /// Number of the record in its input, from 0; `None` where the input has no lasting order (standard input).
    pub ordinal: Option<u64>,
    /// Line, from 1, where lines count.
    pub line: Option<u64>,
    /// Byte where the record starts, where known.
    pub offset: Option<u64>,
    /// Hash of the record as it was given and of the settings it was read with: what has the same hash comes out the same.
    pub hash: String,
    /// What came of it.
    pub what: What,
}

/// What came of a record.
#[derive(Clone, Debug)]
pub enum What {
    /// A report.
    Report(Box<Report>),
    /// No document: why, in one clause.
    Rejected(String),
    /// The same as a record before, of this input or another, with the same hash.
    Again,
}

/// A report and what was read from it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its text.
    pub text: String,
    /// Whether its sentences were given split.
    pub presplit: bool,
    /// Its words: runs without white space.
    pub words: usize,
    /// Whether it was coded; a report in another language is kept as it is.
    pub coded: bool,
    /// What was read from it; its spans index `text`.
    pub record: Record,
    /// By which its copies are found.
    pub(crate) signature: Option<Signature>,
}

/// What a store knows of a record before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prior {
    /// Nothing.
    New,
    /// Its outcome is kept already: there is nothing to do.
    Done,
    /// The same record came from elsewhere: [`What::Again`] will do.
    Elsewhere,
}

/// The key under which a report is kept: 32 hexadecimal digits that its name and text decide.
pub fn document_key(name: &str, text: &str) -> String {
    digest(&[name, text])
}

impl Report {
    /// A report that says `text`, and what was read from it, with spans that index the text.
    pub fn new(text: String, presplit: bool, coded: bool, record: Record) -> Report {
        let words = text.split_whitespace().count();
        Report { signature: Signature::of(&text), text, presplit, words, coded, record }
    }

    /// Its key.
    pub fn key(&self) -> String {
        document_key(&self.record.id, &self.text)
    }

    /// Orders reports with the same key, the one to keep first: that of which more is known, then by what is known.
    pub(crate) fn rank(&self) -> Rank {
        let r = &self.record;
        let known = [
            r.published.map(|day| day.to_string()),
            r.publisher.clone(),
            r.uri.clone(),
            r.title.clone(),
            r.language.clone(),
            r.licence.clone(),
        ];
        Rank::of(self.coded, known)
    }
}

/// See [`Report::rank`].
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    uncoded: bool,
    missing: usize,
    known: [Option<String>; 6],
}

impl Rank {
    /// From whether the report was coded, and its day, publisher, address, title, language and licence.
    pub(crate) fn of(coded: bool, known: [Option<String>; 6]) -> Rank {
        Rank { uncoded: !coded, missing: known.iter().filter(|k| k.is_none()).count(), known }
    }
}
