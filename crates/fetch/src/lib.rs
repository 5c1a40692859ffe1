//! Takes addresses of feeds and a folder; polls the feeds, fetches the pages of their new entries, and gives a web archive
//! (WARC) a run in that folder, which `readout-sources` reads. Polite: conditional requests, robots.txt, one request a host
//! at a time with pauses, back-off. Safe: only http and https, only public addresses, all of it checked on the address
//! that is connected to; every size and time has a limit ([`Limits`]). Knows nothing of documents and events.
//!
//! ```no_run
//! use readout_fetch::{Options, feeds, fetch};
//!
//! let list = feeds(&["https://news.example/feed.xml".to_owned()], 100)?;
//! let summary = fetch(&list, "archive".as_ref(), &Options::default(), &mut |told| {
//!     println!("{}: {:?}", told.url, told.outcome);
//! })?;
//! println!("{} pages", summary.pages);
//! # Ok::<(), readout_fetch::FetchError>(())
//! ```

mod address;
mod client;
mod failure;
mod limits;
mod lists;
mod network;
mod outcome;
mod robots;
mod run;
mod state;
mod turns;
mod warc;
mod work;

pub use address::{LONGEST_URL, is_public};
pub use failure::{Failure, FetchError};
pub use limits::Limits;
pub use lists::feeds;
pub use network::Network;
pub use outcome::{Outcome, Summary, Told};
pub use robots::ROBOTS_RULES;
pub use run::{Options, fetch};
pub use state::{About, STATE_FILE};
