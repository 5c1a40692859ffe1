//! One record of the input before it is parsed.

use std::fmt;

use jiff::Timestamp;
use readout_text::Document;
use sha2::{Digest, Sha256};

use crate::frame::Beside;
use crate::http::Media;
use crate::page::Page;
use crate::records::Options;
use crate::rejection::{Place, Rejection};
use crate::{json, language, page, text};

/// One record of the input, still as bytes: cheap to make in the thread that reads, parsed where there is time.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub hash: ContentHash,
    /// When it was fetched, where an archive or a feed says so.
    pub fetched: Option<Timestamp>,
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
}

/// What a record's bytes are, and what decides its document beside them.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A report.
    Text,
    /// A JSON object with a report and its metadata.
    Json,
    /// A page of the web.
    Page(Box<Page>),
}

impl Kind {
    /// The parts that decide a document beside the record's bytes; they enter its hash.
    fn parts(&self) -> Vec<&str> {
        match self {
            Kind::Text => vec!["text", "", ""],
            Kind::Json => vec!["json", "", ""],
            Kind::Page(page) => {
                let kind = if page.media == Media::Html { "html" } else { "text" };
                let mut parts = vec![kind, page.uri.as_deref().unwrap_or(""), page.charset.as_deref().unwrap_or("")];
                parts.extend(page.beside.iter().flat_map(Beside::parts));
                parts
            }
        }
    }
}

impl Raw {
    /// Bytes of the record as given, unpacked.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// A JSON record that a caller has, with the fields that lines of JSON Lines have.
    pub fn json(place: Place, bytes: Vec<u8>) -> Self {
        Raw::new(place, Kind::Json, bytes)
    }

    pub(crate) fn new(place: Place, kind: Kind, bytes: Vec<u8>) -> Self {
        let hash = ContentHash::new(&kind.parts(), &bytes);
        Raw { place, hash, fetched: None, kind, bytes }
    }

    /// Parses the record. Costly beside the reading: for the threads that work.
    ///
    /// # Errors
    /// Where it holds no report, with place and reason.
    pub fn document(self, options: &Options) -> Result<Document, Rejection> {
        let mut document = self.parse(options)?;
        language::tell(&mut document);
        Ok(document)
    }

    fn parse(self, options: &Options) -> Result<Document, Rejection> {
        let read = match &self.kind {
            Kind::Json => return json::document(&self.bytes, self.place, options),
            Kind::Text => text::document(&self.bytes, options),
            Kind::Page(page) => page::document(&self.bytes, page, options),
        };
        read.map_err(|reason| Rejection { place: self.place, reason })
    }
}

/// What a record of the input holds: the first 16 bytes of the SHA-256 of its bytes and of what else decides its document,
/// such as its format and the address that an archive gives. Where it stands, and what the caller says of records that do
/// not say it themselves, do not enter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// The hash of `bytes` and of `parts`, each told apart from the next.
    fn new(parts: &[&str], bytes: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(bytes);
        let mut kept = [0; 16];
        kept.iter_mut().zip(hasher.finalize()).for_each(|(to, from)| *to = from);
        ContentHash(kept)
    }

    /// The 16 bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for ContentHash {
    /// 32 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_parts_and_bytes_apart() {
        let hash = |parts: &[&str], bytes: &[u8]| ContentHash::new(parts, bytes).to_string();
        assert_eq!(hash(&["text"], b"Iran agreed."), hash(&["text"], b"Iran agreed."));
        assert_eq!(hash(&["text"], b"Iran agreed.").len(), 32);
        assert_ne!(hash(&["text"], b"Iran agreed."), hash(&["json"], b"Iran agreed."));
        assert_ne!(hash(&["html", "a"], b"b"), hash(&["html"], b"ab"));
        assert_ne!(hash(&["html", "ab"], b""), hash(&["html", "a"], b"b"));
    }

    #[test]
    fn a_record_can_be_sent_to_another_thread() {
        fn sent<T: Send>() {}
        sent::<Raw>();
        sent::<crate::Records>();
    }
}
