//! What can go wrong with gold and with what is compared to it.

use std::io;
use std::path::PathBuf;

use readout_pipeline::ModelError;
use readout_record::formats::jsonl;

/// Why nothing could be scored: a score over a part would be taken for one over the whole.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line is not what it should be.
    #[error("{}: {source}; each line must be {needs}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its place.
        source: jsonl::ReadError,
        /// What a line must be.
        needs: &'static str,
    },
    /// The file is not what it should be.
    #[error("{}: {what}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Gold of different kinds was given together.
    #[error("gold of different kinds cannot be scored together: give one kind at a time")]
    Mixed,
    /// The embedded weights are damaged.
    #[error(transparent)]
    Model(&'static ModelError),
    /// A document could not be coded.
    #[error("a document could not be coded because of a fault in readout")]
    Fault,
}

impl From<&'static ModelError> for ScoreError {
    fn from(error: &'static ModelError) -> Self {
        ScoreError::Model(error)
    }
}
