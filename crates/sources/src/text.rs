//! Plain text to a document.

use encoding_rs::{UTF_16BE, UTF_16LE};
use readout_text::{Document, Meta};

use crate::charset;
use crate::records::Options;
use crate::rejection::Reason;

/// The report in `given`; its spans lead back to these bytes, whatever their encoding.
pub(crate) fn document(given: &[u8], options: &Options) -> Result<Document, Reason> {
    let meta = options.defaults.fill(Meta::default());
    let document = match charset::tell(given, None) {
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => {
            let decoded = charset::decode(given, encoding);
            if !charset::is_text(&decoded.text) {
                return Err(Reason::Binary("its bytes are no text in a known encoding"));
            }
            Document::from_decoded(decoded.text, decoded.origin, decoded.problems, meta)
        }
        _ => Document::from_bytes(given, meta),
    };
    if document.text.trim().is_empty() { Err(Reason::EmptyText) } else { Ok(document) }
}
