//! What can go wrong when a model is loaded.

use thiserror::Error;

/// Why a model could not be loaded.
#[derive(Debug, Error)]
pub enum ModelError {
    /// A file does not have the hash that its manifest names.
    #[error(
        "{file} has SHA-256 {found}, but its manifest says {expected}: fetch the model files again, all from one version"
    )]
    Hash {
        /// The file's name.
        file: &'static str,
        /// The hash it has.
        found: String,
        /// The hash it should have.
        expected: String,
    },
    /// The manifest names no hash for a file.
    #[error("the manifest names no SHA-256 for {0}: write the manifest with training/export_reader.py")]
    NoHash(&'static str),
    /// The label lists cannot be read.
    #[error("labels.json cannot be read: {0}")]
    Labels(#[from] serde_json::Error),
    /// The network of a file cannot be loaded, or lacks an input or output.
    #[error("{0} cannot be loaded: {1}")]
    Network(&'static str, String),
}
