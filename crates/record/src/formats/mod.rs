//! Ways to write and read records, one file a format.

pub mod annotated;
pub mod csv;
pub mod jsonl;
pub mod relations;

pub use annotated::{Annotated, Mark, MarkedAttribution, MarkedEvent};
pub use relations::{Attributed, Stretch, Stretches};
