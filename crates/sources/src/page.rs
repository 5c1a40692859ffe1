//! Pages, of files and of archives, to documents.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use readout_text::{Document, Meta, Problem};

use crate::frame::Beside;
use crate::http::{self, Media};
use crate::records::Options;
use crate::rejection::Reason;
use crate::{charset, dates, html};

/// What is known of a page beside its bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Address.
    pub uri: Option<String>,
    /// Encoding, as the server said.
    pub charset: Option<String>,
    /// When it was fetched.
    pub fetched: Option<Timestamp>,
    pub media: Media,
    /// The bytes begin with the header of the server's answer.
    pub http: bool,
    /// It comes from an archive, where pages without an article are no surprise.
    pub archived: bool,
    /// What the archive says of it beside it.
    pub beside: Option<Beside>,
}

impl Page {
    /// `meta`, with what the page does not say of itself taken from what is said beside it. A day after the page was fetched
    /// is none.
    pub fn fill(&self, meta: Meta) -> Meta {
        let Some(beside) = &self.beside else { return meta };
        let day = || dates::day(beside.published.as_deref()?, None).ok().filter(|day| !self.is_too_late(*day));
        Meta {
            title: meta.title.or_else(|| beside.title.clone()),
            author: meta.author.or_else(|| beside.author.clone()),
            published: meta.published.or_else(day),
            publisher: meta.publisher.or_else(|| beside.publisher.clone()),
            ..meta
        }
    }

    /// Whether a day lies after the one on which the page was fetched. Half the world is a day ahead of the other.
    pub fn is_too_late(&self, day: Date) -> bool {
        let fetched = self.fetched.map(|at| at.to_zoned(TimeZone::UTC).date());
        fetched.and_then(|date| date.tomorrow().ok()).is_some_and(|latest| day > latest)
    }
}

/// The report on a page; its spans index the text that was taken from it.
pub(crate) fn document(given: &[u8], page: &Page, options: &Options) -> Result<Document, Reason> {
    let most = options.limits.record_bytes;
    let body = if page.http { http::body(given, most)? } else { given.into() };
    match page.media {
        Media::Html => html::document(&body, page, options),
        Media::Text => text(&body, page, options),
    }
}

fn text(body: &[u8], page: &Page, options: &Options) -> Result<Document, Reason> {
    let (text, problem) = charset::read(body, page.charset.as_deref());
    if text.trim().is_empty() {
        return Err(Reason::EmptyText);
    }
    let meta = options.defaults.fill(page.fill(Meta { uri: page.uri.clone(), ..Meta::default() }));
    let mut document = Document::from_text(text.into_owned(), meta);
    document.problems.splice(0..0, problem.map(|what| Problem { span: None, what }));
    Ok(document)
}
