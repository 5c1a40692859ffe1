//! What the text stage gives.

use jiff::civil::Date;

use crate::Span;

/// One report, as later stages read it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text, always valid UTF-8: bytes that were not are U+FFFD here.
    pub text: String,
    /// What is known of the report beside its text.
    pub meta: Meta,
    /// Parts of the text that are not the body: datelines, bylines, credits, licence lines, page furniture.
    pub furniture: Vec<Furniture>,
    /// Sentences in order. A sentence that is all furniture stays, with no tokens.
    pub sentences: Vec<Sentence>,
    /// Whether the sentences were given split, and were kept so.
    pub presplit: bool,
    /// What was wrong with the input and was mended or skipped.
    pub problems: Vec<Problem>,
    /// Leads spans of `text` back to the bytes that were given.
    pub origin: crate::Origin,
}

/// What is known of a report beside its text; every field may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The caller's identifier, or one made from the text's hash.
    pub id: String,
    /// Where the report came from.
    pub uri: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who wrote it, as given.
    pub author: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Publisher's name.
    pub publisher: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Licence of the text (SPDX identifier where known), given or read off a licence line.
    pub licence: Option<String>,
}

/// A part of the text that is not its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: FurnitureKind,
    /// What it says, where that can be told: the dateline's place, the byline's names, the agency's name, the
    /// licence's SPDX identifier.
    pub value: Option<String>,
    /// The day in a dateline, where it names one and the document's date gives the year.
    pub date: Option<Date>,
}

/// Kinds of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FurnitureKind {
    /// "TEHRAN, Feb 26 (Reuters) -".
    Dateline,
    /// "By Jane Doe", or an editor's initials at the end ("MH/PA").
    Byline,
    /// "(Reuters)", "- AFP".
    Credit,
    /// "All content by … is licensed under …", "© 2019 …".
    Licence,
    /// "Read more:", "ADVERTISEMENT", "REUTER" end marks, share buttons, page numbers.
    Page,
}

/// One sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Where it stands, furniture included.
    pub span: Span,
    /// Tokens of its body; none where all of it is furniture.
    pub tokens: Vec<Token>,
    /// Whether a paragraph starts here.
    pub starts_paragraph: bool,
}

/// One token, a syntactic word of Universal Dependencies ("do" "n't").
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its normalised form for the reader: straight quotes, plain hyphens, no zero-width characters, NFC.
    pub form: String,
}

/// Something wrong with the input that did not stop it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where, as a span of the document's text, if there is a place.
    pub span: Option<Span>,
    /// What, in one lower-case clause without a full stop.
    pub what: String,
}
