//! Takes a text and two parties marked in it; gives the best PLOVER type of what the first does to the second, always,
//! with a confidence and the reason: an act between the two, the act nearest on the way from one to the other, or a
//! learned classifier, which judges over all. Knows no files and no network; loads its weights at the first call.
//!
//! ```
//! use readout_relate::{Pair, Relater};
//! use readout_text::Span;
//!
//! let relater = Relater::embedded().unwrap();
//! let text = "Norway condemned the arrest of three teachers in Peru.";
//! let pair = Pair { text: text.to_owned(), source: vec![Span::new(0, 6)], target: vec![Span::new(49, 53)] };
//! assert_eq!(relater.relate(&pair).kind, "ACCUSE");
//! ```

mod answer;
mod between;
mod classifier;
mod judge;
mod laid;
mod relater;

pub use answer::{Answer, Why};
pub use classifier::Classifier;
pub use readout_syntax::ModelError;
pub use relater::{ActReason, Basis, Layers, Pair, Reason, Relater, Relation};
