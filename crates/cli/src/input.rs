//! From files, folders and standard input to documents, each either read or rejected with place, reason and hint.

use std::path::PathBuf;

use readout_sources::{Defaults, Input, Options, Raw, Reason, Rejection, open};
use readout_text::{Document, Meta};

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

    /// The records, in order: cheap work, for the thread that reads.
    pub(crate) fn records(&self) -> impl Iterator<Item = Incoming> + use<> {
        let mut id = self.id.clone();
        open(self.inputs.clone(), &self.options).map(move |raw| Incoming { raw, id: id.take() })
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
