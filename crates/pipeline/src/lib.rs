//! Takes documents; gives what is coded from them, on one thread or many. The one place that joins the stages: document →
//! trees → coding → record. Never opens a file, never prints.
//!
//! A [`Pipeline`] holds what is loaded once and shared; each thread has a [`Worker`] of it. [`in_order`] runs workers on
//! many threads and hands results on in the order of the input, and [`coded`] is what such a thread does with a bundle of
//! documents.
//!
//! ```
//! use readout_pipeline::Pipeline;
//! use readout_record::Record;
//! use readout_text::{Document, Meta};
//!
//! let pipeline = Pipeline::load()?;
//! let document = Document::from_bytes(b"Peru and Chile signed a trade agreement in Lima.", Meta::default());
//! let record = Record::new(&document, &pipeline.worker().code(&document), pipeline.codebook_version());
//! assert_eq!(record.events.len(), 1);
//! # Ok::<(), &readout_pipeline::ModelError>(())
//! ```

mod bundle;
mod parallel;
mod pipeline;
mod sentences;

pub use bundle::{Coded, bundles, coded};
pub use parallel::{default_threads, guarded, in_order};
pub use pipeline::{Pipeline, Worker, relater};
pub use readout_coder::{Explanation, Outcome, Trace};
pub use readout_syntax::ModelError;
pub use sentences::Sentences;
