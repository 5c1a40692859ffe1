//! Web pages to documents: the main text, and what the page says of itself.
//!
//! `clean` goes through the page once (`tokens`), gathers what the head says (`head`, `linked`) and writes the body anew:
//! balanced, at most so deep, at most so many elements, without scripts. What is left is safe for `article`, which finds the
//! main text in it. `meta` weighs what the page says in its many ways.

mod article;
mod clean;
mod elements;
mod flow;
mod head;
mod linked;
mod meta;
mod tokens;

use readout_text::{Document, Problem};

use crate::charset;
use crate::page::Page;
use crate::records::Options;
use crate::rejection::Reason;

/// Elements within elements; what lies deeper is flattened.
const HTML_DEPTH: usize = 512;

/// Elements of a page without scripts, forms and drawings.
const HTML_ELEMENTS: usize = 40_000;

/// Attributes of an element that are looked at.
const HTML_ATTRIBUTES: usize = 64;

/// Bytes of an attribute that are looked at.
const HTML_ATTRIBUTE_BYTES: usize = 4096;

/// Words of a main text, below which there is none.
const ARTICLE_WORDS: usize = 25;

/// Bytes at the head of a page in which it may say its encoding.
const CHARSET_BYTES: usize = 4096;

/// A text without a first paragraph that is one of these headlines.
fn without_headline(text: String, headlines: [Option<&str>; 2]) -> String {
    let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
    match text.split_once("\n\n") {
        Some((first, rest)) if headlines.into_iter().flatten().any(|headline| same(headline, first)) => rest.to_owned(),
        _ => text,
    }
}

fn no_article(page: &Page) -> Reason {
    if page.archived { Reason::NoArticleInArchive } else { Reason::NoArticle }
}

/// The report on a page; its spans index the extracted text.
pub(crate) fn document(given: &[u8], page: &Page, options: &Options) -> Result<Document, Reason> {
    let said = page.charset.clone().or_else(|| head::charset(given.get(..CHARSET_BYTES).unwrap_or(given)));
    let (text, problem) = charset::read(given, said.as_deref());
    let cleaned = clean::clean(&text);
    if cleaned.too_many {
        return Err(Reason::TooManyElements(HTML_ELEMENTS));
    }
    let said = linked::articles(&cleaned.head.linked);
    let found = article::find(&cleaned.html);
    let text = match found.text {
        Some(text) => text,
        None => said.body.clone().filter(|body| flow::words(body) >= ARTICLE_WORDS).ok_or(no_article(page))?,
    };
    let mut problems: Vec<Problem> = problem.into_iter().map(|what| Problem { span: None, what }).collect();
    let meta = page.fill(meta::weigh(&cleaned.head, &said, found.byline, page, &mut problems));
    let text = without_headline(text, [meta.title.as_deref(), Some(&cleaned.head.h1)]);
    let mut document = Document::from_text(text, options.defaults.fill(meta));
    if cleaned.flattened {
        let what = format!("more than {HTML_DEPTH} elements within elements, the inner ones flattened");
        problems.push(Problem { span: None, what });
    }
    document.problems.splice(0..0, problems);
    Ok(document)
}
