//! Feeds: RSS 0.90 to 2.0, Atom, JSON Feed.
//!
//! Read as a stream, by our own hand: no entity is expanded but the five predefined ones and characters by number, no
//! document type is followed, elements lie at most [`FEED_DEPTH`] deep, and nothing outside the bytes is ever opened.

mod decode;
mod fields;
mod json;
mod names;
mod plain;
mod words;
mod xml;

use jiff::civil::Date;
use thiserror::Error;

pub(crate) use fields::line;
pub use fields::{Body, Entry, Feed};
pub(crate) use plain::text as plain;

/// Elements within elements of a feed.
pub const FEED_DEPTH: usize = 256;

/// Entries of a feed that are read; the others are left out with a problem.
pub const FEED_ENTRIES: usize = 10_000;

/// Attributes of an element that are looked at.
pub const FEED_ATTRIBUTES: usize = 64;

/// Bytes of a line of a feed: a title, an address, a name. Longer ones are cut.
pub const FEED_LINE: usize = 4096;

/// Words from which a description counts as the full text.
pub const FULL_TEXT_WORDS: usize = 120;

/// What stops the reading of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FeedError {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// Something else than a feed.
    #[error("not a feed: {0}")]
    NotAFeed(String),
    /// Broken XML.
    #[error("broken XML at byte {at}: {what}")]
    Xml {
        /// Byte of the decoded text, from 0.
        at: u64,
        /// What is wrong.
        what: String,
    },
    /// Broken JSON.
    #[error("broken JSON: {0}")]
    Json(String),
    /// Elements too deep.
    #[error("elements lie more than {FEED_DEPTH} deep")]
    TooDeep,
}

/// Reads a feed. `charset` is what the transport said of its encoding; else a mark, the XML declaration and the bytes
/// themselves decide. What breaks after some entries is kept in [`Feed::broken`], beside those entries.
///
/// # Errors
/// Where no entry could be read because of it.
pub fn parse(bytes: &[u8], charset: Option<&str>) -> Result<Feed, FeedError> {
    let (text, lossy) = decode::text(bytes, charset);
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let mut feed = match text.bytes().next() {
        None => return Err(FeedError::Empty),
        Some(b'{') => json::feed(text)?,
        Some(b'<') => xml::feed(text)?,
        Some(_) => return Err(FeedError::NotAFeed("it begins neither as XML nor as JSON".to_owned())),
    };
    if let Some(label) = lossy {
        feed.problems.insert(0, format!("not all of its bytes are {label}, the others were read as U+FFFD"));
    }
    Ok(feed)
}

/// Whether these first bytes of a file look like those of a feed.
pub fn looks_like_feed(head: &[u8]) -> bool {
    let (text, _) = decode::text(head.get(..head.len().min(decode::HEAD)).unwrap_or_default(), None);
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    match text.bytes().next() {
        Some(b'{') => text.contains("jsonfeed.org/version/"),
        Some(b'<') => xml::root(text).is_some_and(|name| ["rss", "feed", "rdf:RDF", "RDF"].contains(&name.as_str())),
        _ => false,
    }
}

/// The day of a feed's date; feeds write dates in clear notations, so that what is ambiguous is none.
fn day(text: &str) -> Option<Date> {
    crate::dates::day(text, None).ok()
}
