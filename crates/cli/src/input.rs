//! From files, folders and standard input to documents, each either read or rejected with place, reason and hint.

use std::path::PathBuf;

use readout_sources::{Defaults, Input, Options, Reason, Rejection, open};
use readout_text::{Document, Meta};

/// What comes of one record of the input.
pub(crate) type Incoming = Result<Document, Rejection>;

/// The documents in `files` in order (`-`, or no file: standard input). `known` fills what they do not say; its
/// identifier, where it has one, becomes the first document's.
pub(crate) fn documents(files: &[PathBuf], known: Meta) -> impl Iterator<Item = Incoming> + use<> {
    let inputs: Vec<Input> =
        if files.is_empty() { vec![Input::Stdin] } else { files.iter().cloned().map(Input::from).collect() };
    let defaults = Defaults {
        published: known.published,
        publisher: known.publisher,
        language: known.language,
        ..Defaults::default()
    };
    let mut id = Some(known.id).filter(|id| !id.is_empty());
    open(inputs, Options { defaults, ..Options::default() }).map(move |read| {
        read.map(|mut document| {
            document.meta.id = id.take().unwrap_or(document.meta.id);
            document
        })
    })
}

/// Place, reason and hint, in one line.
pub(crate) fn message(rejection: &Rejection) -> String {
    format!("{rejection}; {}", rejection.hint())
}

/// Whether there was nothing to read, rather than something that could not be read.
pub(crate) fn is_empty(rejection: &Rejection) -> bool {
    matches!(rejection.reason, Reason::Empty | Reason::EmptyText)
}
