//! Specifications in Markdown: how they are written, and whether a record is as they say.
//!
//! Takes the text of `specs/*.md`, gives cases; takes a case and its record, gives what differs. Never runs anything.

mod case;
mod compare;

pub use case::{Case, cases};
pub use compare::differences;
