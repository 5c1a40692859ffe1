//! From files, folders and standard input to documents, each either read or rejected with place, reason and hint.

use std::path::PathBuf;

use readout_sources::{DateOrder, Defaults, Input, Options, Place, Raw, Reason, Rejection, bytes_in_all, open};
use readout_text::{Document, Meta};

use crate::args::{DateChoice, TableOptions};

/// The name of standard input among inputs.
pub(crate) const STDIN: &str = "standard input";

/// What is to be read, and how.
pub(crate) struct Reading {
    inputs: Vec<Input>,
    options: Options,
    /// Identifier of the first record's document, where the caller gives one.
    id: Option<String>,
}

/// One record of the input, not parsed yet.
pub(crate) struct Incoming {
    raw: Result<Raw, Rejection>,
    id: Option<String>,
    /// Bytes of the inputs that were read by then.
    read: u64,
}

impl Incoming {
    /// Its bytes.
    pub(crate) fn size(&self) -> usize {
        self.raw.as_ref().map_or(0, Raw::size)
    }

    /// Bytes of the inputs that had been read when it came.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> &Place {
        match &self.raw {
            Ok(raw) => &raw.place,
            Err(rejection) => &rejection.place,
        }
    }

    /// Hash of what it holds, or of why it cannot be told.
    pub(crate) fn hash(&self) -> String {
        let what = match &self.raw {
            Ok(raw) => raw.hash.to_string(),
            Err(rejection) => format!("{:?} {rejection}", rejection.place.offset),
        };
        match &self.id {
            Some(id) => format!("{what} {id}"),
            None => what,
        }
    }

    /// Which of `of` shards it belongs to: decided by what it holds, so that no order of the input changes it.
    pub(crate) fn shard(&self, of: u64) -> u64 {
        let first = self.raw.as_ref().map_or([0; 8], |raw| *raw.hash.bytes().first_chunk().unwrap_or(&[0; 8]));
        u64::from_le_bytes(first) % of.max(1)
    }
}

impl Reading {
    /// Reads `files` in order (`-`, or no file: standard input). `known` fills what their records do not say; its
    /// identifier, where it has one, becomes that of the first.
    pub(crate) fn new(files: &[PathBuf], known: Meta) -> Self {
        let inputs =
            if files.is_empty() { vec![Input::Stdin] } else { files.iter().cloned().map(Input::from).collect() };
        let defaults = Defaults {
            published: known.published,
            publisher: known.publisher,
            language: known.language,
            ..Defaults::default()
        };
        let id = Some(known.id).filter(|id| !id.is_empty());
        Reading { inputs, options: Options { defaults, ..Options::default() }, id }
    }

    /// The same, with what the caller says of tables.
    pub(crate) fn with_tables(mut self, tables: &TableOptions) -> Self {
        self.options.columns = tables.column.clone();
        self.options.dates = tables.dates.map(|order| match order {
            DateChoice::Mdy => DateOrder::Mdy,
            DateChoice::Dmy => DateOrder::Dmy,
        });
        self
    }

    /// The records, in order: cheap work, for the thread that reads.
    pub(crate) fn records(&self) -> impl Iterator<Item = Incoming> + use<> {
        let mut id = self.id.clone();
        let mut records = open(self.inputs.clone(), &self.options);
        std::iter::from_fn(move || {
            let raw = records.next()?;
            Some(Incoming { raw, id: id.take(), read: records.bytes_read() })
        })
    }

    /// Bytes that there are to be read, where that can be known.
    pub(crate) fn bytes(&self) -> Option<u64> {
        bytes_in_all(self.inputs.clone(), &self.options)
    }

    /// The settings that decide what a record's document is.
    pub(crate) fn settings(&self) -> String {
        format!("{:?}", self.options)
    }

    /// The document of a record: costly work, for the threads that code.
    pub(crate) fn document(&self, incoming: Incoming) -> Result<Document, Rejection> {
        let mut document = incoming.raw?.document(&self.options)?;
        document.meta.id = incoming.id.unwrap_or(document.meta.id);
        Ok(document)
    }
}

/// Place, reason and hint, in one line.
pub(crate) fn message(rejection: &Rejection) -> String {
    format!("{rejection}; {}", rejection.hint())
}

/// Whether there was nothing to read, rather than something that could not be read.
pub(crate) fn is_empty(rejection: &Rejection) -> bool {
    matches!(rejection.reason, Reason::Empty | Reason::EmptyText)
}
