//! Takes a document's trees, the actors and the codebook; gives a [`Coding`]: events and attributions, each with its
//! evidence and the rule that fired. Never fails, reads no file, knows no network and no SQL.

mod coding;

pub use coding::{Attribution, Coding, Event, Manner, Place, Side, Speaker, Status, Time};
