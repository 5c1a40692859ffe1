//! Questions to a store: which events, how many, when, between whom.

mod events;
mod filter;
mod grid;
mod sql;

pub use events::Field;
pub(crate) use filter::DAY;
pub use filter::{Filter, Who};
pub use grid::{Grid, Value};
pub use sql::SqlLimits;
