//! What comes of feeds and pages, and what is told of it.

use std::path::PathBuf;

use jiff::Timestamp;
use readout_sources::feed::FeedError;

use crate::failure::Failure;

/// What came of one address.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// The feed or page.
    pub url: &'t str,
    /// What came of it.
    pub outcome: &'t Outcome,
}

/// What came of a feed, an entry or a page. Each feed and each page has exactly one that is neither `Problem`, `Broken`
/// nor `NoLink`, which stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A feed that was given anew.
    Feed {
        /// Its entries.
        entries: usize,
        /// Those that earlier runs have not seen.
        new: usize,
    },
    /// A feed that has not changed.
    Unchanged,
    /// A feed that is left alone until then, since it has failed.
    NotDue(Timestamp),
    /// A page that was fetched.
    Page,
    /// Nothing was fetched.
    Failed(Failure),
    /// Left to the next run, by the limit of this name.
    PutOff(&'static str),
    /// Something odd in a feed that was read all the same.
    Problem(String),
    /// A feed that broke off: the entries before were taken.
    Broken(FeedError),
    /// An entry with neither full text nor link.
    NoLink,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds that were given anew and written.
    pub feeds: usize,
    /// Feeds that have not changed.
    pub unchanged: usize,
    /// Feeds that are left alone for now.
    pub not_due: usize,
    /// Feeds that were not fetched.
    pub feeds_failed: usize,
    /// Feeds that broke off, of those that were given.
    pub broken: usize,
    /// New entries whose text stands in the feed.
    pub full_texts: usize,
    /// Pages fetched.
    pub pages: usize,
    /// Pages given up.
    pub pages_failed: usize,
    /// Entries without text or link.
    pub entries_failed: usize,
    /// Feeds and pages left to a later run.
    pub put_off: usize,
    /// The file that was written, if anything was.
    pub file: Option<PathBuf>,
    /// Its bytes.
    pub bytes: u64,
}

impl Summary {
    /// Whether something is missing of what could have been fetched.
    pub fn is_partial(&self) -> bool {
        self.feeds_failed + self.broken + self.pages_failed + self.entries_failed + self.put_off > 0
    }
}
