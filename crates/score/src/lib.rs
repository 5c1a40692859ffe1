//! Takes hand annotation and what was coded from the same texts; gives scores, the errors behind them in classes, and how
//! well confidence holds. Never draws tables, never prints.
//!
//! There are three kinds of [`Gold`]: documents with events and attributions ([`Documents`], scored by [`measures`]),
//! documents with attribution relations ([`relations`]) and pairs of marked parties ([`pairs`]). [`scores`] scores any of
//! them.

pub mod align;
pub mod calibrate;
pub mod causes;
mod coding;
mod documents;
mod error;
pub mod errors;
mod gold;
pub mod measures;
pub mod pairs;
pub mod relations;
pub mod reliability;

pub use coding::{Coded, code};
pub use documents::Documents;
pub use error::ScoreError;
pub use gold::{AllScores, Gold, scores};
