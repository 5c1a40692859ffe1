//! Takes bytes; gives a [`Document`]: clean text with byte spans that lead back to the original, the body told
//! apart from datelines, bylines, credits and licence lines, sentences, tokens. Never fails, never reads a file,
//! knows no grammar and no politics.

mod document;
mod span;

pub use document::{Document, Furniture, FurnitureKind, Meta, Problem, Sentence, Token};
pub use span::Span;

/// Leads spans of a document's text back to the bytes that were given.
#[derive(Clone, Debug, Default)]
pub struct Origin;
