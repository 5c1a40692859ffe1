//! JSON lines: one record a line, UTF-8, fields in the order of [`Record`], every line ended by a line feed.

use std::io::{self, BufRead, Write};

use crate::Record;

/// Writes one record as one line. Fails only where `out` does.
pub fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// A line that is no record.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input could not be read.
    #[error("line {line}: {source}")]
    Io {
        /// Line, from 1.
        line: usize,
        /// What the input said.
        source: io::Error,
    },
    /// The line is not a record.
    #[error("line {line}, column {column}: {what}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// Reads records line by line; blank lines are passed over, and a bad line does not stop those after it.
/// Lines are held whole: for input from strangers, cap it before.
pub fn read<T: serde::de::DeserializeOwned>(input: impl BufRead) -> impl Iterator<Item = Result<T, ReadError>> {
    let mut broken = false;
    input
        .split(b'\n')
        .enumerate()
        .map_while(move |(i, bytes)| {
            if broken {
                return None;
            }
            let line = i + 1;
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(source) => {
                    broken = true; // an input that fails goes on failing
                    return Some(Some(Err(ReadError::Io { line, source })));
                }
            };
            if bytes.iter().all(u8::is_ascii_whitespace) {
                return Some(None);
            }
            Some(Some(serde_json::from_slice(&bytes).map_err(|e| ReadError::Json {
                line,
                column: e.column(),
                what: plain(&e),
            })))
        })
        .flatten()
}

/// What serde_json says, without the place, which is told apart.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(&text).to_owned()
}
