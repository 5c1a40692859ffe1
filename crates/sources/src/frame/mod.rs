//! Taking a file apart into records, as cheaply as its format allows; one file a format.

mod entries;
mod lines;
mod list;
mod warc;
mod whole;

pub(crate) use entries::Entries;
pub(crate) use lines::Lines;
pub(crate) use list::List;
pub(crate) use warc::{Beside, Warc};
pub(crate) use whole::Whole;

use crate::raw::Raw;
use crate::rejection::Rejection;

/// A file that is being taken apart.
pub(crate) trait Frame: Send {
    /// The next record, if there is one.
    fn next(&mut self) -> Framed;
}

/// What comes next in a file.
pub(crate) enum Framed {
    /// A record, or why there is none.
    One(Result<Raw, Rejection>),
    /// One after which the file can be read no further.
    Last(Result<Raw, Rejection>),
    /// Something that is no record of the input; there may be more.
    Skipped,
    /// Nothing is left.
    End,
}
