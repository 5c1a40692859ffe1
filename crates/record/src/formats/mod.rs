//! Ways to write and read records, one file a format.

pub mod annotated;
pub mod jsonl;

pub use annotated::{Annotated, Mark, MarkedAttribution, MarkedEvent};
