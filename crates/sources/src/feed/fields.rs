//! What a feed says.

use jiff::civil::Date;
use url::Url;

use super::{FEED_LINE, FULL_TEXT_WORDS, FeedError, words};

/// A feed: what it says of itself, and its entries in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Its name, by custom the publisher's.
    pub title: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Where it says that its addresses begin: `xml:base`.
    pub base: Option<String>,
    /// Where it says that it lies itself.
    pub own: Option<String>,
    /// The page that it is the feed of.
    pub home: Option<String>,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Entries beyond the limit, which were left out.
    pub left_out: usize,
    /// What was passed over or mended.
    pub problems: Vec<String>,
    /// What ended the reading after the last of the entries, if it broke off.
    pub broken: Option<FeedError>,
}

impl Feed {
    /// The address that an entry gives, whole where it is written relative to another: to what the feed says addresses
    /// begin with, else to where the feed was found (`from`), else to where it says that it lies. As written where none of
    /// these is known.
    pub fn address(&self, link: &str, from: Option<&str>) -> String {
        if Url::parse(link).is_ok() {
            return link.to_owned();
        }
        let whole = |address: &Option<String>| address.as_deref().and_then(|address| Url::parse(address).ok());
        let found =
            from.and_then(|from| Url::parse(from).ok()).or_else(|| whole(&self.own)).or_else(|| whole(&self.home));
        let base = match (&self.base, &found) {
            (Some(base), Some(found)) => found.join(base).ok(),
            (Some(base), None) => Url::parse(base).ok(),
            (None, _) => None,
        };
        base.or(found).and_then(|base| base.join(link).ok()).map_or_else(|| link.to_owned(), String::from)
    }
}

/// An entry of a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The feed's identifier of it.
    pub id: Option<String>,
    /// Address of the page, as written.
    pub link: Option<String>,
    /// Headline, without markup.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// A short form, or all of it.
    pub summary: Option<Body>,
    /// The text in full, as the feed's format has it.
    pub content: Option<Body>,
    /// BCP 47 tag.
    pub language: Option<String>,
}

/// A text of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The text, or its HTML.
    pub text: String,
    /// Whether it is HTML.
    pub html: bool,
}

impl Entry {
    /// By what the entry is known again: its identifier, else its address, else its headline.
    pub fn key(&self) -> Option<&str> {
        self.id.as_deref().or(self.link.as_deref()).or(self.title.as_deref())
    }

    /// The report itself, if the feed carries it: the entry's content, or a description of at least
    /// [`FULL_TEXT_WORDS`] words; neither where it breaks off with an ellipsis.
    pub fn full_text(&self) -> Option<&Body> {
        let whole = |body: &&Body| !words::breaks_off(&body.text);
        let long = |body: &&Body| words::count(&body.text, FULL_TEXT_WORDS) >= FULL_TEXT_WORDS;
        let summary = self.summary.as_ref();
        let more = |body: &&Body| summary.is_none_or(|s| s.text.trim() != body.text.trim()) || long(body);
        let content = self.content.as_ref().filter(|body| words::count(&body.text, 1) > 0);
        content.filter(whole).filter(more).or_else(|| summary.filter(whole).filter(long))
    }
}

/// A line of foreign text: white space as one blank, cut at [`FEED_LINE`], none where nothing is left.
pub(crate) fn line(text: &str) -> Option<String> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.len() + word.len() >= FEED_LINE {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}
