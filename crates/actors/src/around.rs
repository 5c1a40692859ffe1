//! What a phrase is read in.

use jiff::civil::Date;
use readout_syntax::Tree;

use crate::Mention;

/// Phrases within phrases are followed this deep.
const DEEPEST: usize = 4;

/// The sentence and the day that a phrase is read in, and how far within other phrases it stands.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The sentence.
    pub(crate) tree: &'a Tree,
    /// The names of the tables in it.
    pub(crate) mentions: &'a [Mention],
    /// The day of the report.
    pub(crate) day: Option<Date>,
    depth: usize,
}

impl<'a> Around<'a> {
    /// A sentence whose phrases are read from the outside.
    pub(crate) fn new(tree: &'a Tree, mentions: &'a [Mention], day: Option<Date>) -> Self {
        Around { tree, mentions, day, depth: 0 }
    }

    /// The same for a phrase within.
    pub(crate) fn deeper(self) -> Self {
        Around { depth: self.depth + 1, ..self }
    }

    /// Whether this is farther within than is followed.
    pub(crate) fn is_too_deep(self) -> bool {
        self.depth > DEEPEST
    }
}
