//! From files and standard input to documents, each either read or rejected with place, reason and hint.
//!
//! Stub: stands in for the `sources` crate.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use readout_text::{Document, Meta};
use serde_json::Value;

use crate::pipeline;

/// Bytes of one text, or of one line of JSON lines; a longer one is rejected.
const LONGEST_RECORD: u64 = 64 << 20;

/// A record that was not read.
#[derive(Debug)]
pub(crate) struct Rejected {
    /// File and line.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it; "" where nothing can be.
    pub(crate) hint: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        if !self.hint.is_empty() {
            write!(f, "; {}", self.hint)?;
        }
        Ok(())
    }
}

/// What comes of one record of the input.
pub(crate) type Incoming = Result<Document, Rejected>;

/// The documents in `files` in order (`-`, or no file: standard input). `known` fills what they do not say.
pub(crate) fn documents(files: &[PathBuf], known: Meta) -> impl Iterator<Item = Incoming> + Send + use<> {
    let files = if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() };
    files.into_iter().flat_map(move |file| one(&file, &known))
}

type Boxed = Box<dyn Iterator<Item = Incoming> + Send>;

fn one(file: &Path, known: &Meta) -> Boxed {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let reject = |what: String, hint: &str| -> Boxed {
        Box::new(std::iter::once(Err(Rejected { place: name.clone(), what, hint: hint.to_owned() })))
    };
    let open = || -> io::Result<Box<dyn BufRead + Send>> {
        if file == Path::new("-") {
            return Ok(Box::new(BufReader::new(io::stdin())));
        }
        Ok(Box::new(BufReader::new(File::open(file)?)))
    };
    let mut input = match open() {
        Ok(input) => input,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return reject("no such file".into(), "check the path"),
        Err(e) => return reject(e.to_string(), ""),
    };
    let first = match input.fill_buf() {
        Ok(bytes) => bytes.iter().find(|b| !b.is_ascii_whitespace()).copied(),
        Err(e) => return reject(e.to_string(), "give files, not folders"),
    };
    match first {
        None => Box::new(std::iter::empty()),
        Some(b'{') => lines(input, name, known.clone()),
        Some(_) => {
            let mut bytes = Vec::new();
            match input.take(LONGEST_RECORD + 1).read_to_end(&mut bytes) {
                Err(e) => reject(e.to_string(), ""),
                Ok(_) if bytes.len() as u64 > LONGEST_RECORD => reject("longer than 64 MiB".into(), "split it"),
                Ok(_) if bytes.contains(&0) => reject("not text: it holds NUL bytes".into(), "convert it to UTF-8 text"),
                Ok(_) => Box::new(std::iter::once(Ok(pipeline::document(&bytes, known.clone())))),
            }
        }
    }
}

fn lines(mut input: Box<dyn BufRead + Send>, name: String, known: Meta) -> Boxed {
    let mut number = 0;
    Box::new(std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            number += 1;
            let reject = |what: String, hint: &str| {
                Some(Err(Rejected { place: format!("{name}:{number}"), what, hint: hint.to_owned() }))
            };
            match input.by_ref().take(LONGEST_RECORD).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    return match serde_json::from_slice(&line) {
                        Ok(value) => parsed(&value, &known)
                            .map(Ok)
                            .or_else(|| reject("no `text` and no `sentences`".into(), "give one of them, a string or a list of strings")),
                        Err(e) => reject(format!("not JSON: {e}"), "each line must be one whole JSON object"),
                    };
                }
                Err(e) => return reject(e.to_string(), ""),
            }
        }
    }))
}

fn parsed(value: &Value, known: &Meta) -> Option<Document> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let meta = Meta {
        id: text("id").unwrap_or_else(|| known.id.clone()),
        uri: text("uri"),
        title: text("title"),
        published: text("published").or_else(|| text("date")).and_then(|d| d.get(..10)?.parse().ok()).or(known.published),
        publisher: text("publisher").or_else(|| known.publisher.clone()),
        language: text("language").or_else(|| known.language.clone()),
        licence: None,
    };
    if let Some(text) = text("text") {
        return Some(pipeline::document(text.as_bytes(), meta));
    }
    let sentences: Vec<String> = value.get("sentences")?.as_array()?.iter().filter_map(|s| s.as_str().map(str::to_owned)).collect();
    Some(pipeline::document_of_sentences(&sentences, meta))
}
