//! Pages, of files and of archives, to documents.

use jiff::Timestamp;
use readout_text::{Document, Meta, Problem};

use crate::http::{self, Media};
use crate::records::Options;
use crate::rejection::Reason;
use crate::{charset, html};

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
    let meta = options.defaults.fill(Meta { uri: page.uri.clone(), ..Meta::default() });
    let mut document = Document::from_text(text.into_owned(), meta);
    document.problems.splice(0..0, problem.map(|what| Problem { span: None, what }));
    Ok(document)
}
