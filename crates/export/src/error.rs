//! What can go wrong.

use std::io;

use crate::Fault;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The records could not be read to the end.
    #[error("cannot read the records: {0}")]
    Archive(#[source] Fault),
    /// The output could not be written.
    #[error("cannot write the export: {0}")]
    Output(#[from] io::Error),
    /// The Parquet file could not be written.
    #[error("cannot write the Parquet file: {0}")]
    Parquet(#[source] parquet::errors::ParquetError),
    /// The archive has more documents than can be numbered.
    #[error("more than {0} documents; export them in parts, by date")]
    TooMany(u32),
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Error::Parquet(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Output(error.into())
    }
}
