//! What can go wrong with a store, and what to do about it.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a store could not be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No such file.
    #[error("{0}: no such store")]
    NotFound(PathBuf),
    /// A file of another kind.
    #[error("{0}: not a readout store")]
    NotAStore(PathBuf),
    /// Written by a later readout.
    #[error("{path}: the store has schema {found}, this readout knows schemas up to {known}")]
    TooNew {
        /// The store.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// Coded by another codebook, model or program.
    #[error("{path}: the store was coded with {what} {found}, not {wanted}")]
    OtherCoder {
        /// The store.
        path: PathBuf,
        /// Which part differs: `program`, `model`, `actors`, `codebook` or `reading`.
        what: &'static str,
        /// What the store has.
        found: String,
        /// What was to code now.
        wanted: String,
    },
    /// Damaged.
    #[error("{path}: the store is damaged: {what}")]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What the check found first.
        what: String,
    },
    /// Another program writes to it.
    #[error("{0}: another program is writing to the store")]
    Busy(PathBuf),
    /// No room.
    #[error("{0}: the disk is full")]
    Full(PathBuf),
    /// A value in it that readout never writes.
    #[error("{path}: the store holds {what}")]
    Value {
        /// The store.
        path: PathBuf,
        /// Table, column and value.
        what: String,
    },
    /// A user's statement that is not run.
    #[error("the SQL was not run: {what}")]
    Sql {
        /// What is wrong.
        what: String,
        /// Byte of the statement where that is.
        at: Option<usize>,
    },
    /// A question that was stopped because it took longer than it may ([`Store::within`](crate::Store::within)).
    #[error("{0}: the question was stopped, it took too long")]
    TooLong(PathBuf),
    /// Words to search for that are no query of SQLite's FTS5.
    #[error("the words to search for cannot be read: {0}")]
    Words(String),
    /// Anything else that SQLite says.
    #[error("{path}: {source}")]
    Sqlite {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What to do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            StoreError::NotFound(_) => "make one with `readout add STORE FILE`",
            StoreError::NotAStore(_) => "give the path of a store that `readout add` made, or of a file yet to be made",
            StoreError::TooNew { .. } => "use the readout that wrote it, or a later one",
            StoreError::OtherCoder { .. } => "code the whole store again with `readout recode`, then add to it",
            StoreError::Damaged { .. } => {
                "move the file away and add its sources again; nothing but the store itself is lost"
            }
            StoreError::Busy(_) => "wait until it has finished, then run the command again",
            StoreError::Full(_) => "make room and run the command again: it goes on where it stopped",
            StoreError::Value { .. } => "`readout check STORE` tells whether more is wrong",
            StoreError::Sql { .. } => {
                "the tables and their columns are in docs/store.md, or ask for `SELECT sql FROM sqlite_master`"
            }
            StoreError::TooLong(_) => "ask for less: fewer days, or more conditions",
            StoreError::Words(_) => "put words with signs in them between double quotes",
            StoreError::Sqlite { .. } => "`readout check STORE` tells whether the file is sound",
        }
    }

    /// The error that SQLite's `source` stands for.
    pub(crate) fn of(path: &Path, source: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::Busy(path),
            Some(Code::DiskFull) => StoreError::Full(path),
            Some(Code::DatabaseCorrupt) => StoreError::Damaged { path, what: source.to_string() },
            Some(Code::OperationInterrupted) => StoreError::TooLong(path),
            Some(Code::NotADatabase) => StoreError::NotAStore(path),
            _ => StoreError::Sqlite { path, source },
        }
    }
}
