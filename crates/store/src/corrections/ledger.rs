//! The file of corrections: read again when it has changed, added to line by line.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use thiserror::Error;

use super::{Correction, Corrections};

/// Bytes of a file of corrections that are read.
const LONGEST: u64 = 64 << 20;

/// Why corrections cannot be read or kept.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is longer than is read.
    #[error("{path}: longer than {most} bytes")]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Bytes that are read.
        most: u64,
    },
}

impl LedgerError {
    /// What to do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            LedgerError::Io { .. } => {
                "see that the file and its folder can be written, or name another with `--corrections FILE`"
            }
            LedgerError::TooLong { .. } => "name another file with `--corrections FILE`",
        }
    }
}

/// A file of corrections.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    read: Mutex<ReadSoFar>,
}

#[derive(Debug, Default)]
struct ReadSoFar {
    seen: Option<(u64, Option<SystemTime>)>,
    corrections: Arc<Corrections>,
    /// One more after each change.
    version: u64,
}

impl Ledger {
    /// The file at `path`, which need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Ledger {
        Ledger { path: path.into(), read: Mutex::default() }
    }

    /// The file that belongs to a store: beside it, with `.corrections.jsonl` behind its name.
    pub fn beside(store: &Path) -> Ledger {
        let mut name = store.as_os_str().to_owned();
        name.push(".corrections.jsonl");
        Ledger::at(name)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The corrections, and a number that is a greater one after each change.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrections(&self) -> Result<(Arc<Corrections>, u64), LedgerError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = std::fs::metadata(&self.path).ok().map(|about| (about.len(), about.modified().ok()));
        if seen != read.seen {
            read.corrections = Arc::new(self.load()?);
            read.seen = seen;
            read.version += 1;
        }
        Ok((read.corrections.clone(), read.version))
    }

    fn load(&self) -> Result<Corrections, LedgerError> {
        let failed = |source| LedgerError::Io { path: self.path.clone(), source };
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Corrections::default()),
            other => other.map_err(failed)?,
        };
        let mut bytes = Vec::new();
        file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LONGEST {
            return Err(LedgerError::TooLong { path: self.path.clone(), most: LONGEST });
        }
        let (mut all, mut unreadable) = (Vec::new(), Vec::new());
        for (i, line) in bytes.split(|b| *b == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty()) {
            match serde_json::from_slice::<Correction>(line) {
                Ok(correction) if correction.schema == super::CORRECTIONS => all.push(correction),
                _ => unreadable.push(i + 1),
            }
        }
        Ok(Corrections::new(all, unreadable))
    }

    /// Adds a correction; when this returns it is on the disk. What a broken line at the end has left stays a line of
    /// its own.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn add(&self, correction: &Correction) -> Result<(), LedgerError> {
        let failed = |source| LedgerError::Io { path: self.path.clone(), source };
        let _one_at_a_time = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = serde_json::to_vec(correction).map_err(|e| failed(e.into()))?;
        line.push(b'\n');
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&self.path).map_err(failed)?;
        if !ends_with_line(&mut file).map_err(failed)? {
            line.insert(0, b'\n');
        }
        file.write_all(&line).and_then(|()| file.sync_all()).map_err(failed)
    }
}

fn ends_with_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
