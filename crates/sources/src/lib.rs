//! Takes files, folders and standard input: plain text, JSON and JSON Lines, gzipped or not; gives documents, one
//! by one, with bounded memory a record. Each record has exactly one outcome, a [`Document`] or a [`Rejection`] that
//! says where and why; trouble in one never stops the next. Knows nothing of events; every size and depth limit of
//! reading lives here ([`Limits`]).
//!
//! ```no_run
//! use readout_sources::{Input, Options, open};
//!
//! for outcome in open([Input::from_argument("reports.jsonl.gz")], Options::default()) {
//!     match outcome {
//!         Ok(document) => println!("{}: {} sentences", document.meta.id, document.sentences.len()),
//!         Err(rejection) => eprintln!("{rejection} (hint: {})", rejection.hint()),
//!     }
//! }
//! ```

mod bytes;
mod input;
mod json;
mod limits;
mod pairs;
mod reader;
mod rejection;

pub use bytes::open_unpacked;
pub use input::Input;
pub use limits::Limits;
pub use pairs::{MarkedPair, open_pairs};
pub use reader::{Defaults, Documents, Format, Options, open};
pub use readout_text::Document;
pub use rejection::{Place, Reason, Rejection};
