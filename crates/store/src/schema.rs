//! The schema and the way to it from every schema released before.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// Marks SQLite files that are stores ("rdot"; PRAGMA application_id).
const APPLICATION_ID: i64 = 0x7264_6f74;

/// One script a version: script `n` leads from schema `n` to schema `n + 1`; the first makes a store of an empty file.
const SCRIPTS: [&str; 1] = [SCHEMA];

/// The newest schema, with comments that say what each table and column holds.
pub const SCHEMA: &str = include_str!("../schema/1.sql");

/// The newest schema.
pub(crate) const NEWEST: i64 = SCRIPTS.len() as i64;

/// Brings a file that was opened for writing to the newest schema, making one of an empty file.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    let failed = |e| StoreError::of(path, e);
    // Taken at once, so that two commands that make the same store do not both find it empty.
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version = check_kind(&change, path)?;
    for (n, script) in SCRIPTS.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
        change.execute_batch(script).map_err(failed)?;
        change.pragma_update(None, "user_version", n as i64 + 1).map_err(failed)?;
    }
    if version == 0 {
        change.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    }
    change.commit().map_err(failed)
}

/// The schema of the file, 0 for an empty one; an error where it is no store or one of a later readout.
pub(crate) fn check_kind(connection: &Connection, path: &Path) -> Result<i64> {
    let number = |pragma| {
        connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).map_err(|e| StoreError::of(path, e))
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
        .map_err(|e| StoreError::of(path, e))?;
    if tables == 0 && application == 0 {
        return Ok(0);
    }
    if application != APPLICATION_ID {
        return Err(StoreError::NotAStore(path.to_owned()));
    }
    if version > NEWEST {
        return Err(StoreError::TooNew { path: path.to_owned(), found: version, known: NEWEST });
    }
    Ok(version)
}
