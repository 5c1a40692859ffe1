//! Takes a document and what was coded from it; gives the public [`Record`] (schema `readout/1`) and its formats, one
//! file a format under `formats/`. Never opens a file, never knows where the text came from.
//!
//! Field names follow PLOVER: `actor` and `recipient` are lists, and a reciprocal act lists all its parties as actors.
//! Every span is `[first byte, one past the last byte]` of the text as it was given.

mod build;
pub mod claims;
mod days;
pub mod formats;
mod id;
mod model;
mod names;
mod same_act;

pub use build::{BODIES, country_of};
pub use days::Days;
pub use id::EventId;
pub use model::{
    Attribution, ByteSpan, Dateline, Event, Furniture, Party, Phrase, Place, Problem, Record, SCHEMA, Sentence, Source,
    Speaker,
};
pub use readout_coder::{Manner, Status};
pub use same_act::{Counts, Linker, NEWS_DAYS, Reach, SAME_ACT_DAYS, link};
