//! The way from inputs to documents.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use readout_text::{Document, Meta, Problem};

use crate::bytes::{Bytes, Piece, noise};
use crate::input::Input;
use crate::json::{self, Parsed};
use crate::limits::Limits;
use crate::rejection::{Place, Reason, Rejection};

/// Formats of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A file is a report.
    Text,
    /// A line is an object with `text` or `sentences`, and where known `id`, `published` (or `date`), `publisher`,
    /// `title`, `uri` (or `url`), `language`, `licence`.
    JsonLines,
    /// A file is one such object, or a list of them.
    Json,
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of all inputs; without it, it is told by the file's name, else by its first bytes.
    pub format: Option<Format>,
    /// What to take for a report that does not say.
    pub defaults: Defaults,
    /// Limits.
    pub limits: Limits,
}

/// Metadata for reports that do not give their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    /// Day of publication.
    pub published: Option<Date>,
    /// Publisher's name.
    pub publisher: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// SPDX identifier.
    pub licence: Option<String>,
}

/// The documents of the inputs, in order: each record is one item.
pub fn open(inputs: impl IntoIterator<Item = Input>, options: Options) -> Documents {
    let queue = inputs.into_iter().map(|input| (input, 0)).collect();
    Documents { queue, current: None, ready: None, options }
}

/// Iterates over the documents of the inputs.
pub struct Documents {
    /// Inputs still to be opened, with the depth of folders they lie in.
    queue: VecDeque<(Input, usize)>,
    current: Option<Current>,
    ready: Option<Result<Document, Rejection>>,
    options: Options,
}

/// A file of many records that is being read.
enum Current {
    Lines(Box<Lines>),
    List(List),
}

/// A JSON list of records, parsed one by one.
struct List {
    text: String,
    lossy: bool,
    name: String,
    places: VecDeque<Range<usize>>,
}

/// A file of JSON Lines that is being read.
struct Lines {
    bytes: Bytes,
    name: String,
    line: u64,
    any: bool,
}

impl Iterator for Documents {
    type Item = Result<Document, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(done) = self.ready.take() {
                return Some(done);
            }
            if let Some(mut current) = self.current.take() {
                let outcome = match &mut current {
                    Current::Lines(lines) => lines.next(&self.options),
                    Current::List(list) => list.next(&self.options),
                };
                if !matches!(outcome, Outcome::End | Outcome::Last(_)) {
                    self.current = Some(current);
                }
                match outcome {
                    Outcome::One(done) | Outcome::Last(done) => return Some(done),
                    Outcome::Blank | Outcome::End => continue,
                }
            }
            let (input, depth) = self.queue.pop_front()?;
            let name = match &input {
                Input::Stdin => "standard input".to_owned(),
                Input::Path(path) => path.display().to_string(),
            };
            if let Err(reason) = self.start(input, depth, &name) {
                return Some(Err(rejection(&name, reason)));
            }
        }
    }
}

impl Documents {
    /// Opens an input: leaves its documents ready, or its lines to be read.
    fn start(&mut self, input: Input, depth: usize, name: &str) -> Result<(), Reason> {
        let path = match input {
            Input::Stdin => return self.read(Box::new(io::stdin()), None, name),
            Input::Path(path) => path,
        };
        let about = fs::metadata(&path).map_err(unreadable)?;
        if about.is_dir() {
            if depth > self.options.limits.folder_depth {
                return Err(Reason::TooDeep(self.options.limits.folder_depth));
            }
            return self.folder(&path, depth);
        }
        let file = File::open(&path).map_err(unreadable)?;
        self.read(Box::new(file), Some(&path), name)
    }

    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), Reason> {
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if !hidden && (kind.is_dir() || by_name(&entry.path()).is_some()) {
                inside.push(entry.path());
            }
        }
        if inside.is_empty() {
            return if depth == 0 { Err(Reason::EmptyFolder) } else { Ok(()) };
        }
        inside.sort_unstable();
        for path in inside.into_iter().rev() {
            self.queue.push_front((Input::Path(path), depth + 1));
        }
        Ok(())
    }

    fn read(&mut self, raw: Box<dyn io::Read>, path: Option<&Path>, name: &str) -> Result<(), Reason> {
        let mut bytes = Bytes::new(raw, self.options.limits)?;
        let head = bytes.head();
        if head.is_empty() {
            return Err(Reason::Empty);
        }
        if let Some(what) = noise(head) {
            return Err(Reason::Binary(what));
        }
        let format = self.options.format.unwrap_or_else(|| match path.and_then(by_name) {
            Some(ByName::Is(format)) => format,
            Some(ByName::Json) => by_content(head).filter(|format| *format != Format::Text).unwrap_or(Format::Json),
            None => by_content(head).unwrap_or(Format::Text),
        });
        match format {
            Format::JsonLines => {
                let lines = Lines { bytes, name: name.to_owned(), line: 0, any: false };
                self.current = Some(Current::Lines(Box::new(lines)));
            }
            Format::Text | Format::Json => match bytes.whole()? {
                Piece::Whole(given) if format == Format::Text => {
                    let document = self.text(&given)?;
                    self.ready = Some(Ok(document));
                }
                Piece::Whole(given) => self.json(&given, name),
                _ => return Err(Reason::TooLong(self.options.limits.record_bytes)),
            },
        }
        Ok(())
    }

    fn text(&self, given: &[u8]) -> Result<Document, Reason> {
        let defaults = self.options.defaults.clone();
        let meta = Meta {
            title: defaults.title,
            published: defaults.published,
            publisher: defaults.publisher,
            language: defaults.language,
            licence: defaults.licence,
            ..Meta::default()
        };
        let document = Document::from_bytes(given, meta);
        if document.text.trim().is_empty() { Err(Reason::EmptyText) } else { Ok(document) }
    }

    fn json(&mut self, given: &[u8], name: &str) {
        let (text, lossy) = utf8(given);
        if !text.trim_start().starts_with('[') {
            let parsed = json::parse(&text);
            self.ready = Some(match parsed {
                Ok(one) => document(one, &self.options, lossy).map_err(|reason| rejection(name, reason)),
                Err(error) => Err(broken(name, &error, None)),
            });
            return;
        }
        match json::elements(&text) {
            Ok(places) if places.is_empty() => self.ready = Some(Err(rejection(name, Reason::Empty))),
            Ok(places) => {
                let list = List { text: text.into_owned(), lossy, name: name.to_owned(), places };
                self.current = Some(Current::List(list));
            }
            Err(error) => self.ready = Some(Err(broken(name, &error, None))),
        }
    }
}

enum Outcome {
    One(Result<Document, Rejection>),
    /// One after which the file can be read no further.
    Last(Result<Document, Rejection>),
    Blank,
    End,
}

impl List {
    fn next(&mut self, options: &Options) -> Outcome {
        let Some(place) = self.places.pop_front() else { return Outcome::End };
        let text = self.text.get(place).unwrap_or("");
        Outcome::One(match json::parse(text) {
            Ok(one) => document(one, options, self.lossy).map_err(|reason| rejection(&self.name, reason)),
            Err(error) => Err(broken(&self.name, &error, None)),
        })
    }
}

impl Lines {
    fn next(&mut self, options: &Options) -> Outcome {
        let piece = self.bytes.line();
        self.line += 1;
        let place = Place { name: self.name.clone(), line: Some(self.line), column: None };
        let reject = |reason| Err(Rejection { place, reason });
        let given = match piece {
            Err(reason) => return Outcome::Last(reject(reason)),
            Ok(Piece::End) if !self.any => return Outcome::Last(Err(rejection(&self.name, Reason::Empty))),
            Ok(Piece::End) => return Outcome::End,
            Ok(Piece::TooLong) => {
                self.any = true;
                return Outcome::One(reject(Reason::TooLong(self.bytes.record_bytes())));
            }
            Ok(Piece::Endless) => return Outcome::Last(reject(Reason::Endless(self.bytes.skipped_bytes()))),
            Ok(Piece::Whole(given)) => given,
        };
        if given.trim_ascii().is_empty() || (self.line == 1 && given.as_slice() == b"\xEF\xBB\xBF") {
            return Outcome::Blank;
        }
        self.any = true;
        let (text, lossy) = utf8(&given);
        Outcome::One(match json::parse(&text) {
            Ok(parsed) => document(parsed, options, lossy).or_else(reject),
            Err(error) => Err(broken(&self.name, &error, Some(self.line))),
        })
    }
}

fn document(parsed: Parsed, options: &Options, lossy: bool) -> Result<Document, Reason> {
    let mut document = match parsed {
        Parsed::One(record) => record.document(&options.defaults, &options.limits)?,
        Parsed::Other(kind) => return Err(Reason::NotAnObject(kind)),
    };
    if lossy {
        let what = "the record's bytes are not all UTF-8, the others were read as U+FFFD".to_owned();
        document.problems.push(Problem { span: None, what });
    }
    Ok(document)
}

/// The text of JSON bytes without a byte-order mark, and whether some of them were not UTF-8.
fn utf8(given: &[u8]) -> (std::borrow::Cow<'_, str>, bool) {
    let given = given.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(given);
    let text = String::from_utf8_lossy(given);
    let lossy = matches!(text, std::borrow::Cow::Owned(_));
    (text, lossy)
}

fn rejection(name: &str, reason: Reason) -> Rejection {
    Rejection { place: Place { name: name.to_owned(), line: None, column: None }, reason }
}

/// A rejection of what is not JSON, `line` being its line where it was parsed alone.
fn broken(name: &str, error: &serde_json::Error, line: Option<u64>) -> Rejection {
    let place = Place {
        name: name.to_owned(),
        line: Some(line.unwrap_or(error.line() as u64)),
        column: Some(error.column().max(1) as u64),
    };
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Rejection { place, reason: Reason::Json(what) }
}

fn unreadable(error: io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::NotFound => Reason::NotFound,
        _ => Reason::Unreadable(error),
    }
}

/// What a file's name says of its format.
enum ByName {
    Is(Format),
    /// JSON, or JSON Lines by the wrong name.
    Json,
}

fn by_name(path: &Path) -> Option<ByName> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "txt" | "text" => Some(ByName::Is(Format::Text)),
        "jsonl" | "ndjson" => Some(ByName::Is(Format::JsonLines)),
        "json" => Some(ByName::Json),
        _ => None,
    }
}

/// What the first bytes of a file say of its format.
fn by_content(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let mut lines = head.split(|b| *b == b'\n').map(|line| line.trim_ascii());
    let first = lines.next()?;
    if !first.starts_with(b"{") {
        return None;
    }
    let opens = |line: &[u8]| line.starts_with(b"{") && line.contains(&b'"');
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    let next = lines.find(|line| !line.is_empty());
    if whole || first.len() == head.len() || next.is_some_and(opens) {
        return opens(first).then_some(Format::JsonLines);
    }
    let keyed = first.get(1..)?.trim_ascii_start();
    (keyed.starts_with(b"\"") || (keyed.is_empty() && next?.starts_with(b"\""))).then_some(Format::Json)
}
