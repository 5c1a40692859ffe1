//! Takes sentences of tokens; gives a [`Tree`] each: lemmas, tags, one-rooted Universal Dependencies, names of
//! persons, organisations and places. Never fails once a model is loaded, knows no politics.

mod encoding;
mod error;
mod lemma;
mod mend;
mod model;
mod names;
mod network;
mod reader;
mod spanning;
mod tree;
mod wordpiece;

pub use encoding::Pieces;
pub use error::ModelError;
pub use model::{Model, verify};
pub use network::Further;
pub use reader::{NeuralReader, Reader};
pub use tree::{Name, NameKind, Tree, Word};
