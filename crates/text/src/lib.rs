//! Takes bytes; gives a [`Document`]: clean text with byte spans that lead back to the original, the body told
//! apart from datelines, bylines, credits and licence lines, sentences, tokens. Never fails, never reads a file,
//! knows no grammar and no politics.
//!
//! The way through: [`Document::from_bytes`] decodes (`decode`, `origin`), finds paragraphs (`layout`), sets
//! furniture apart (`furniture`), splits sentences (`split`) and tokens (`chunk`, `words`). The word lists are text
//! files in `data/text` (`lists`).

mod build;
mod chunk;
mod decode;
mod document;
mod form;
mod furniture;
mod layout;
mod limits;
mod lists;
mod origin;
mod span;
mod split;
mod words;

pub use document::{Document, Furniture, FurnitureKind, Meta, Problem, Sentence, Token};
pub use limits::{MAX_PROBLEMS, MAX_SENTENCE_TOKENS, MAX_TOKENS, MAX_WORD_BYTES, WRAP_WIDTH};
pub use origin::Origin;
pub use span::Span;
