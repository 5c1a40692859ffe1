//! Feeds: an entry with its full text is a record.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Frame, Framed};
use crate::bytes::{Bytes, Piece};
use crate::feed::{self, Entry, Feed};
use crate::raw::Raw;
use crate::rejection::{Place, Reason, Rejection};
use crate::table::record;

/// A feed that is being read.
pub(crate) struct Entries {
    /// The file, until it is read.
    bytes: Option<Bytes>,
    name: Arc<str>,
    ready: VecDeque<Result<Raw, Rejection>>,
}

impl Entries {
    pub fn new(bytes: Bytes, name: &str) -> Self {
        Entries { bytes: Some(bytes), name: name.into(), ready: VecDeque::new() }
    }

    fn place(&self) -> Place {
        Place { name: Arc::clone(&self.name), ..Place::default() }
    }

    fn read(&mut self, mut bytes: Bytes) -> Result<(), Reason> {
        let given = match bytes.whole()? {
            Piece::Whole(given) => given,
            _ => return Err(Reason::TooLong(bytes.record_bytes())),
        };
        let feed = feed::parse(&given, None).map_err(Reason::Feed)?;
        let place = self.place();
        let at = |n: usize| Place { line: Some(n as u64 + 1), ..place.clone() };
        let entries = feed.entries.iter().enumerate();
        self.ready = entries.map(|(n, entry)| entry_record(at(n), &feed, entry, None)).collect();
        let reject = |reason| Err(Rejection { place: place.clone(), reason });
        if feed.left_out > 0 {
            self.ready.push_back(reject(Reason::TooManyEntries(feed.left_out)));
        }
        if let Some(broken) = feed.broken {
            self.ready.push_back(reject(Reason::Feed(broken)));
        }
        if self.ready.is_empty() { Err(Reason::Empty) } else { Ok(()) }
    }
}

impl Frame for Entries {
    fn next(&mut self) -> Framed {
        if let Some(bytes) = self.bytes.take()
            && let Err(reason) = self.read(bytes)
        {
            return Framed::Last(Err(Rejection { place: self.place(), reason }));
        }
        self.ready.pop_front().map_or(Framed::End, Framed::One)
    }
}

/// The records of those entries of a feed that carry their full text, all at one place: for archives, where the pages of the
/// others lie beside the feed. `from` is where the feed was found.
pub(super) fn full_texts(feed: &Feed, place: &Place, from: Option<&str>) -> VecDeque<Raw> {
    let full = feed.entries.iter().filter(|entry| entry.full_text().is_some());
    full.filter_map(|entry| entry_record(place.clone(), feed, entry, from).ok()).collect()
}

/// The record of an entry.
fn entry_record(place: Place, feed: &Feed, entry: &Entry, from: Option<&str>) -> Result<Raw, Rejection> {
    let Some(body) = entry.full_text() else { return Err(Rejection { place, reason: Reason::OnlySummary }) };
    let text = if body.html { feed::plain(&body.text) } else { body.text.clone() };
    let plain = |line: &Option<String>| line.as_deref().map(feed::plain);
    let fields = [
        ("id", entry.id.clone()),
        ("text", Some(text)),
        ("title", plain(&entry.title)),
        ("author", plain(&entry.author)),
        ("published", entry.published.or(entry.updated).map(|day| day.to_string())),
        ("publisher", plain(&feed.title)),
        ("uri", entry.link.as_deref().map(|link| feed.address(link, from))),
        ("language", entry.language.clone().or_else(|| feed.language.clone())),
    ];
    let given = fields.into_iter().filter_map(|(field, value)| Some((field, value?.into())));
    Ok(record(place, given))
}
