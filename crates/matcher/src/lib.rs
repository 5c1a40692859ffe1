//! Takes a document that nobody has read yet, the tables of actors and a codebook; gives the sentences that may hold an
//! event or an attribution, so that the others need no reading. It looks at words only, by every lemma that they may
//! have, and so errs on the side of reading. Never fails, reads no file, knows no trees and no network.

mod form;
mod lexicon;
mod matcher;

pub use lexicon::Lexicon;
pub use matcher::{Likely, Matcher};
