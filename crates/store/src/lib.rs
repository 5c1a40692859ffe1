//! Takes records with the texts they were coded from; keeps each exactly once in one SQLite file that any tool can
//! read, and gives them back. Knows nothing of HTTP, and never codes.
//!
//! What makes "exactly once" hold: a document's key and its events' identifiers are made from what it says, an input's
//! outcomes and the documents they brought are written in one transaction, and where two records are the same report
//! the one that is kept does not depend on which came first. So any command may be stopped anywhere and run again.

mod absorb;
mod arrival;
mod check;
pub mod columns;
mod compare;
mod copies;
pub mod corrections;
mod error;
mod hash;
mod insert;
mod link;
mod near;
mod query;
mod read;
mod schema;
mod store;
mod version;

pub use absorb::Outcome;
pub use arrival::{Arrival, Prior, Report, What, document_key};
pub use compare::{Change, Comparison, Difference};
pub use error::StoreError;
pub use hash::{Contents, digest};
pub use query::{
    BySentence, Copy, Evidence, Field, Filter, Grid, Heading, Order, Orders, Overview, SqlLimits, Told, Value, Who,
};
pub use read::{Original, Stored};
pub use schema::SCHEMA;
pub use store::{Added, Run, Store};
pub use version::Version;

/// What a store's functions give.
pub type Result<T> = std::result::Result<T, StoreError>;
