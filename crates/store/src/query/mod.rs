//! Questions to a store: which events, how many, when, between whom.

mod by_sentence;
mod claims;
mod events;
mod evidence;
mod filter;
mod grid;
mod overview;
mod select;
mod sql;

pub use by_sentence::BySentence;
pub use events::Field;
pub use evidence::{Copy, Evidence, Heading, Told};
pub(crate) use filter::DAY;
pub use filter::{Filter, Who};
pub use grid::{Grid, Value};
pub use overview::Overview;
pub use select::{Order, Orders};
pub use sql::SqlLimits;
