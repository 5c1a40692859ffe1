//! Web archives (WARC 1.0 and 1.1, ISO 28500).
//!
//! A record is taken only where its length is one number and is true: behind it stand the line feeds that end a record, and
//! then nothing or the next record. Where a length lies, the record is rejected and the next one looked for from where its
//! content begins, so that a length too long costs no record behind it.

mod beside;
mod headers;

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

pub(crate) use self::beside::Beside;
use self::headers::{Field, Headers};
use super::{Frame, Framed, entries};
use crate::bytes::Bytes;
use crate::feed::{self, Feed};
use crate::http;
use crate::limits::HEAD;
use crate::page::Page;
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};

/// Bytes of a record's header block.
const WARC_HEADER: usize = 64 << 10;

/// The media type of records that are lists of fields.
const FIELDS: &str = "application/warc-fields";

/// What begins a record.
const VERSION: &[u8] = b"WARC/1.";

/// An archive that is being read.
pub(crate) struct Warc {
    bytes: Bytes,
    name: Arc<str>,
    /// Records of a feed that was in the archive.
    ready: VecDeque<Raw>,
    /// What was said last of a page that may follow, and the page's address.
    beside: Option<(String, Beside)>,
    /// Nothing was found yet since the reading went on behind damage.
    searching: bool,
}

/// What stands at the next place of the archive.
enum Step {
    Record(Box<Raw>),
    Skipped,
    End,
}

impl Warc {
    pub fn new(bytes: Bytes, name: &str) -> Self {
        Warc { bytes, name: name.into(), ready: VecDeque::new(), beside: None, searching: false }
    }

    fn step(&mut self, place: &Place) -> Result<Step, Reason> {
        let ahead = self.bytes.ahead(VERSION.len())?;
        if ahead.is_empty() {
            return Ok(Step::End);
        }
        if !ahead.starts_with(VERSION) {
            return Err(Reason::Warc("no record begins here"));
        }
        self.searching = false;
        let start = self.bytes.offset();
        let headers = self.headers()?;
        let length = headers.length().ok_or(Reason::Warc("its length is no number, or there are two"))?;
        let most = self.bytes.record_bytes() as u64;
        let kept = if length > most { HEAD as u64 } else { length };
        let content = self.bytes.take(usize::try_from(kept).unwrap_or(usize::MAX))?;
        let next = beginning(&content);
        let whole = content.len() as u64 == kept && (length == kept || (next.is_none() && self.pass(length - kept)?));
        if !(whole && self.ends(start)?) {
            // A length too long reaches into the next record, which is put back; it may end within its first bytes.
            let tail = (length == kept).then(|| content.len().saturating_sub(VERSION.len() + 4));
            self.bytes.put_back(next.or(tail).and_then(|from| content.get(from..)).unwrap_or_default());
            return Err(Reason::Warc("its length is not true, or it is cut off"));
        }
        if let Some(feed) = feed(&headers, &content, self.bytes.record_bytes()) {
            self.ready = entries::full_texts(&feed, place, headers.get(Field::TargetUri).map(bare));
            let fetched = fetched(&headers);
            self.ready.iter_mut().for_each(|raw| raw.fetched = fetched);
            if !self.ready.is_empty() {
                return Ok(Step::Skipped);
            }
        }
        if let Some(beside) = said_beside(&headers, &content) {
            self.beside = Some(beside);
            return Ok(Step::Skipped);
        }
        let record = record(&headers, content, place, self.beside.take());
        match record {
            Some(Ok(_)) if length > most => Err(Reason::TooLong(self.bytes.record_bytes())),
            Some(record) => record.map(|raw| Step::Record(Box::new(raw))),
            None => Ok(Step::Skipped),
        }
    }

    /// The header block, with the blank line that ends it.
    fn headers(&mut self) -> Result<Headers, Reason> {
        let mut block = Vec::new();
        loop {
            let line = self.bytes.short_line(WARC_HEADER - block.len().min(WARC_HEADER))?;
            match line {
                Some(line) if line.trim_ascii().is_empty() => return Ok(Headers::read(&block)),
                Some(line) => block.extend_from_slice(&line),
                None => return Err(Reason::Warc("its header is cut off or too long")),
            }
        }
    }

    /// Passes over so many bytes of content; whether there were so many and none of them began a record.
    fn pass(&mut self, count: u64) -> Result<bool, Reason> {
        if count > self.bytes.skipped_bytes() {
            return Ok(false);
        }
        let from = self.bytes.offset();
        let found = seek(&mut self.bytes, count)?;
        Ok(!found && self.bytes.offset() - from == count)
    }

    /// Passes over what ends a record, if the record does end here, and the gzip member too that it began.
    fn ends(&mut self, start: u64) -> Result<bool, Reason> {
        let ahead = self.bytes.ahead(4 + VERSION.len())?;
        let end = if ahead.starts_with(b"\n\n") { 2 } else { ahead.len().min(4) };
        let last = ahead.get(..end).is_some_and(|end| b"\r\n\r\n".starts_with(end) || end == b"\n\n");
        let rest = ahead.get(end..).unwrap_or_default();
        let followed = rest.is_empty() || VERSION.starts_with(rest.get(..VERSION.len()).unwrap_or(rest));
        if !(last && followed) {
            return Ok(false);
        }
        if let Some(reason) = self.bytes.failed_member(start) {
            return Err(reason);
        }
        self.bytes.skip(end);
        Ok(true)
    }

    /// Goes on behind damage: at the next record, or the next gzip member.
    fn mend(&mut self, reason: &Reason) -> bool {
        match reason {
            Reason::Warc(_) => {
                self.searching = true;
                let most = self.bytes.skipped_bytes();
                if self.bytes.ahead(VERSION.len()).is_ok_and(|ahead| ahead.starts_with(VERSION)) {
                    return true;
                }
                seek(&mut self.bytes, most).is_ok_and(|found| found) || self.bytes.next_member().unwrap_or(false)
            }
            Reason::Gzip(_) | Reason::Bomb(_) => {
                self.searching = true;
                self.bytes.next_member().unwrap_or(false)
            }
            Reason::TooLong(_) | Reason::Status(_) | Reason::Media(_) | Reason::Http(_) => true,
            _ => false,
        }
    }
}

impl Frame for Warc {
    fn next(&mut self) -> Framed {
        if let Some(raw) = self.ready.pop_front() {
            return Framed::One(Ok(raw));
        }
        let searching = self.searching;
        let begun = self.bytes.skip_blank();
        let offset = Some(self.bytes.offset_on_disk());
        let place = Place { offset, name: Arc::clone(&self.name), ..Place::default() };
        match begun.and_then(|()| self.step(&place)) {
            Ok(Step::Record(raw)) => Framed::One(Ok(*raw)),
            Ok(Step::Skipped) => Framed::Skipped,
            Ok(Step::End) => Framed::End,
            Err(reason) => {
                // What was found while looking for the next record, and is none, was told with the damage.
                let told = searching && self.searching;
                let more = self.mend(&reason);
                let rejection = Err(Rejection { place, reason });
                match (more, told) {
                    (true, true) => Framed::Skipped,
                    (false, true) => Framed::End,
                    (true, false) => Framed::One(rejection),
                    (false, false) => Framed::Last(rejection),
                }
            }
        }
    }
}

/// Where in `content` the first record begins, if one does.
fn beginning(content: &[u8]) -> Option<usize> {
    let mut search = Search::new();
    content.iter().position(|byte| search.is_found(*byte)).map(|at| at + 1 - VERSION.len())
}

/// Looks for the beginning of a record behind a blank line, over at most so many bytes; leaves the reading there.
fn seek(bytes: &mut Bytes, most: u64) -> Result<bool, Reason> {
    let mut search = Search::new();
    let mut left = most;
    while left > 0 {
        let buffer = bytes.fill()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let window = buffer.get(..usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len())));
        let window = window.unwrap_or_default();
        let (found, passed) = match window.iter().position(|byte| search.is_found(*byte)) {
            Some(at) => (true, at + 1),
            None => (false, window.len()),
        };
        bytes.skip(passed);
        left -= passed as u64;
        if found {
            bytes.put_back(VERSION);
            return Ok(true);
        }
    }
    Ok(false)
}

/// Finds `VERSION` at the beginning of a line that follows a blank one.
struct Search {
    /// Bytes of `VERSION` that were found; `None` where the line does not begin so.
    matched: Option<usize>,
    /// The line so far is blank.
    blank: bool,
}

impl Search {
    /// At the beginning of a line, or within one.
    fn new() -> Self {
        Search { matched: None, blank: true }
    }

    /// Whether `VERSION` ends with this byte.
    fn is_found(&mut self, byte: u8) -> bool {
        if byte == b'\n' {
            self.matched = self.blank.then_some(0);
            self.blank = true;
            return false;
        }
        self.blank &= byte == b'\r';
        self.matched = match self.matched {
            Some(n) if VERSION.get(n) == Some(&byte) => Some(n + 1),
            _ => None,
        };
        self.matched == Some(VERSION.len())
    }
}

/// The feed in a record of the archive, if it is an answer that brings one, whatever its type is said to be.
fn feed(headers: &Headers, content: &[u8], most: usize) -> Option<Feed> {
    if headers.get(Field::Type) != Some("response") || !http::brings(content, feed::looks_like_feed) {
        return None;
    }
    let charset = http::answer(content).ok().and_then(|answer| answer.charset);
    feed::parse(&http::body(content, most).ok()?, charset.as_deref()).ok()
}

/// When a record was fetched.
fn fetched(headers: &Headers) -> Option<Timestamp> {
    headers.get(Field::Date).and_then(|date| date.parse().ok())
}

/// The record of the input in a record of the archive, if it is one, or why it is none after all.
fn record(
    headers: &Headers,
    content: Vec<u8>,
    place: &Place,
    beside: Option<(String, Beside)>,
) -> Option<Result<Raw, Reason>> {
    let given = headers.get(Field::ContentType).unwrap_or("");
    let http = content.starts_with(b"HTTP/") || given.to_ascii_lowercase().starts_with("application/http");
    let read = match headers.get(Field::Type)? {
        "response" if http => http::answer(&content).map(|answer| (answer.media, answer.charset)),
        "response" | "resource" | "conversion" => {
            let (media, charset) = http::media(given);
            media.map(|media| (media, charset))
        }
        _ => return None,
    };
    let http = http && headers.get(Field::Type) == Some("response");
    let fetched = fetched(headers);
    let uri = headers.get(Field::TargetUri).map(|uri| bare(uri).to_owned());
    Some(read.map(|(media, charset)| {
        let beside = beside.filter(|(of, _)| uri.as_ref() == Some(of)).map(|(_, beside)| beside);
        let page = Page { uri, charset, fetched, media, http, archived: true, beside };
        Raw { fetched, ..Raw::new(place.clone(), Kind::Page(Box::new(page)), content) }
    }))
}

/// The page that a metadata record is about, and what it says of it.
fn said_beside(headers: &Headers, content: &[u8]) -> Option<(String, Beside)> {
    let fields = headers.get(Field::ContentType).is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FIELDS));
    if headers.get(Field::Type) != Some("metadata") || !fields {
        return None;
    }
    Some((bare(headers.get(Field::TargetUri)?).to_owned(), Beside::read(content)?))
}

/// An address without the angle brackets that some writers set around it.
fn bare(uri: &str) -> &str {
    uri.trim().trim_start_matches('<').trim_end_matches('>')
}
