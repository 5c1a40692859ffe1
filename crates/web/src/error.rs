//! Why an explorer could not be started.

use std::io;

use readout_store::StoreError;
use thiserror::Error;

/// Why an explorer could not be started, or ended.
#[derive(Debug, Error)]
pub enum WebError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another host could reach it, and no token was given.
    #[error("{0} can be reached from other machines, and no token was given")]
    Open(std::net::SocketAddr),
    /// The address is taken.
    #[error("{0} is in use")]
    InUse(std::net::SocketAddr),
    /// Listening or answering failed.
    #[error("cannot answer requests: {0}")]
    Io(#[from] io::Error),
}

impl WebError {
    /// What to do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            WebError::Store(error) => error.hint(),
            WebError::Open(_) => "give one with `--auth TOKEN`, or leave `--host` out",
            WebError::InUse(_) => "another explorer may be running; `--port 0` takes a free port",
            WebError::Io(_) => "try another `--host` or `--port`",
        }
    }
}
