//! Plain text to a document.

use readout_text::{Document, Meta};

use crate::records::Options;
use crate::rejection::Reason;

/// The report in `given`.
pub(crate) fn document(given: &[u8], options: &Options) -> Result<Document, Reason> {
    let document = Document::from_bytes(given, options.defaults.fill(Meta::default()));
    if document.text.trim().is_empty() { Err(Reason::EmptyText) } else { Ok(document) }
}
