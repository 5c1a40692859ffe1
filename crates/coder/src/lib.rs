//! Takes a document's trees, the actors and the codebook; gives a [`Coding`]: events and attributions, each with its
//! evidence and the rule that fired. Never fails, reads no file, knows no network and no SQL.

mod act;
mod announcement;
mod arguments;
mod beside;
mod chain;
mod coder;
mod coding;
mod condition;
mod confidence;
mod content;
mod context;
mod continuation;
mod coreference;
mod cue;
mod description;
mod event;
mod explain;
mod home;
mod inherit;
mod label;
mod loose;
mod matching;
mod named;
mod nesting;
mod operate;
mod party;
mod place;
mod pointing;
mod pronoun;
mod quotation;
mod register;
mod relation;
mod saying;
mod scene;
mod sharing;
mod side;
mod status;
mod surroundings;
mod time;
mod worth;

pub use coder::Coder;
pub use coding::{Attribution, Coding, Event, Manner, Place, Side, Speaker, Status, Time};
pub use explain::{Explanation, Outcome, Trace};
pub use named::NamedAct;
pub use relation::Relation;
