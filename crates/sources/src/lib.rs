//! Takes files, folders, patterns and standard input: plain text, JSON and JSON Lines, packed with gzip or zstd or not; gives records, one
//! by one, with bounded memory a record. Each record has exactly one outcome, a [`Document`] or a [`Rejection`] that
//! says where and why; trouble in one never stops the next. Knows nothing of events; every size and depth limit of
//! reading lives here ([`Limits`]).
//!
//! Reading has two halves. [`open`] takes files apart into records ([`Raw`]), which is cheap and done by one thread
//! (`frame`, one file a format); [`Raw::document`] parses a record, which is costly and done by any number of them.
//!
//! ```no_run
//! use readout_sources::{Input, Options, open};
//!
//! let options = Options::default();
//! for raw in open([Input::from_argument("reports.jsonl.gz")], &options) {
//!     match raw.and_then(|raw| raw.document(&options)) {
//!         Ok(document) => println!("{}: {} sentences", document.meta.id, document.sentences.len()),
//!         Err(rejection) => eprintln!("{rejection} (hint: {})", rejection.hint()),
//!     }
//! }
//! ```

mod bytes;
mod charset;
mod dates;
pub mod feed;
mod format;
mod frame;
mod html;
mod http;
mod input;
mod json;
mod language;
mod limits;
mod meter;
mod page;
mod pairs;
mod raw;
mod records;
mod rejection;
mod table;
mod text;
mod unpack;
mod walk;

pub use dates::{DateOrder, NoDay, day};
pub use format::Format;
pub use input::Input;
pub use language::is_english;
pub use limits::Limits;
pub use pairs::{MarkedPair, open_pairs};
pub use raw::{ContentHash, Raw};
pub use readout_text::Document;
pub use records::{Defaults, Options, Records, bytes_in_all, documents, open};
pub use rejection::{Place, Reason, Rejection};
pub use table::{Broken, Column, Columns, Names, record as row};
pub use unpack::open_unpacked;
