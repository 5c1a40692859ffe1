//! One record of the input before it is parsed.

use std::fmt;

use jiff::Timestamp;
use readout_text::Document;
use sha2::{Digest, Sha256};

use crate::bytes::noise;
use crate::frame::Beside;
use crate::http::Media;
use crate::limits::{HEAD, Limits};
use crate::page::Page;
use crate::records::Options;
use crate::rejection::{Place, Reason, Rejection};
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

    /// A report in plain text that a caller has.
    pub fn text(place: Place, bytes: Vec<u8>) -> Self {
        Raw::new(place, Kind::Text, bytes)
    }

    /// Looks at a report that came by itself as the reading of files does.
    ///
    /// # Errors
    /// Where it is empty, too long, or not text.
    pub fn checked(self, limits: &Limits) -> Result<Self, Rejection> {
        let head = self.bytes.get(..HEAD).unwrap_or(&self.bytes);
        let reason = if head.trim_ascii().is_empty() {
            Reason::Empty
        } else if self.bytes.len() > limits.record_bytes {
            Reason::TooLong(limits.record_bytes)
        } else if let Some(what) = noise(head, matches!(self.kind, Kind::Json)) {
            Reason::Binary(what)
        } else {
            return Ok(self);
        };
        Err(Rejection { place: self.place, reason })
    }

    /// The record as given, unpacked.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
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
    fn a_report_that_comes_by_itself_is_read_as_in_a_file() {
        let limits = Limits { record_bytes: 100, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        let read = |bytes: &[u8], is_text| {
            let raw = if is_text { Raw::text } else { Raw::json };
            let raw = raw(Place::default(), bytes.to_vec()).checked(&options.limits);
            raw.and_then(|raw| raw.document(&options)).map(|d| d.text).map_err(|r| r.reason.to_string())
        };
        for (bytes, is_text, expect) in [
            (&b"{\"text\": \"Iran agreed.\"}\n"[..], false, Ok("Iran agreed.")),
            (b"Iran agreed.", true, Ok("Iran agreed.")),
            (b" \n", false, Err("the input is empty")),
            (b"%PDF-1.7", true, Err("not text: a PDF file")),
            (&[b'a'; 101], true, Err("the record is longer than 100 bytes")),
        ] {
            assert_eq!(read(bytes, is_text), expect.map(str::to_owned).map_err(str::to_owned));
        }
    }

    #[test]
    fn a_record_can_be_sent_to_another_thread() {
        fn sent<T: Send>() {}
        sent::<Raw>();
        sent::<crate::Records>();
    }
}
