//! What coded a store's documents.

use std::path::Path;

use crate::{Result, StoreError};

/// Versions of all that decides what is coded from a text. A store has one: documents coded in two ways cannot be
/// counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Version of readout.
    pub program: String,
    /// Hash of the reader's weights.
    pub model: String,
    /// Hash of the tables of actors.
    pub actors: String,
    /// Hash of the codebook.
    pub codebook: String,
    /// Which sentences are read: `all` or `likely`.
    pub reading: String,
}

impl Version {
    /// The parts by their names in the table `store`.
    pub(crate) fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("program", &self.program),
            ("model", &self.model),
            ("actors", &self.actors),
            ("codebook", &self.codebook),
            ("reading", &self.reading),
        ]
    }
}

/// Fails where `found`, which coded the store at `path`, is not `wanted`.
pub(crate) fn agree(path: &Path, found: &Version, wanted: &Version) -> Result<()> {
    let differs = found.parts().into_iter().zip(wanted.parts()).find(|(f, w)| f != w);
    let Some(((what, found), (_, wanted))) = differs else { return Ok(()) };
    Err(StoreError::OtherCoder { path: path.to_owned(), what, found: found.to_owned(), wanted: wanted.to_owned() })
}
