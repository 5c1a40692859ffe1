//! Finding the main text of a cleaned page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};

use super::ARTICLE_WORDS;
use super::clean::meant;
use super::flow::{self, Flow};

/// Letters of a hundred in a main text that may be links; a page with more is a list of other pages.
const LINKED_PERCENT: usize = 50;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// Paragraphs, set apart by blank lines.
    pub text: Option<String>,
    /// The line that says who wrote it.
    pub byline: Option<String>,
}

/// Finds the main text by the method of Mozilla's Readability: paragraphs score for their commas and length, and lend their
/// score to what they stand in.
pub(super) fn find(html: &str) -> Found {
    let page = format!("<html><body>{html}</body></html>");
    // A fault in the extractor costs the page, not the program.
    let article = catch_unwind(AssertUnwindSafe(|| {
        let config = Config { disable_json_ld: true, ..Config::default() };
        let mut readability = Readability::new(page, None, Some(config)).ok()?;
        let article = readability.parse().ok()?;
        Some((article.content.to_string(), article.byline.map(|byline| byline.chars().map(meant).collect())))
    }));
    let Ok(Some((content, byline))) = article else { return Found::default() };
    let Flow { text, letters, linked } = flow::of(&content);
    let article = flow::words(&text) >= ARTICLE_WORDS && linked * 100 <= letters * LINKED_PERCENT;
    Found { text: article.then_some(text), byline }
}
