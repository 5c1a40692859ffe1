//! What coded a store's documents.

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
    pub(crate) fn parts(&self) -> [(&'static str, &str); 4] {
        [("program", &self.program), ("model", &self.model), ("codebook", &self.codebook), ("reading", &self.reading)]
    }
}
