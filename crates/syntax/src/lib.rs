//! Takes sentences of tokens; gives a [`Tree`] each: lemmas, tags, one-rooted Universal Dependencies, names of
//! persons, organisations and places. Never fails, knows no politics.

mod tree;

pub use tree::{Name, NameKind, Tree, Word};
