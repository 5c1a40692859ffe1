//! What commands on stores share.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use readout_store::StoreError;

/// An error of a store, followed by what to do about it.
pub(crate) fn told(error: StoreError) -> anyhow::Error {
    anyhow::anyhow!("{error}; {}", error.hint())
}

/// How a file begins that SQLite wrote.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// Whether a file is an SQLite file; what cannot be read is told when it is opened.
pub(crate) fn is_store(path: &Path) -> bool {
    let mut head = [0; SQLITE.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *SQLITE
}
