//! The way from inputs to records: cheap work, for one thread.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use readout_text::{Document, Meta};

use crate::bytes::{Bytes, noise};
use crate::dates::DateOrder;
use crate::format::{self, Format};
use crate::frame::{Entries, Frame, Framed, Lines, List, Warc, Whole};
use crate::input::Input;
use crate::limits::Limits;
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};
use crate::table::{Column, Delimited, MARK, Parquet};
use crate::unpack::Stream;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of all inputs; without it, it is told by the file's name, else by its first bytes.
    pub format: Option<Format>,
    /// What to take for a report that does not say.
    pub defaults: Defaults,
    /// Columns of tables that hold what their names do not tell.
    pub columns: Vec<Column>,
    /// Which of two numbers in a date is the month, where both could be; without it such dates are not read.
    pub dates: Option<DateOrder>,
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

impl Defaults {
    /// `meta`, with what it does not say taken from here.
    pub(crate) fn fill(&self, meta: Meta) -> Meta {
        Meta {
            published: meta.published.or(self.published),
            publisher: meta.publisher.or_else(|| self.publisher.clone()),
            language: meta.language.or_else(|| self.language.clone()),
            title: meta.title.or_else(|| self.title.clone()),
            licence: meta.licence.or_else(|| self.licence.clone()),
            ..meta
        }
    }
}

/// The records of the inputs, in order, still as bytes: [`Raw::document`] parses them, in any thread. What cannot be
/// taken apart into records is a rejection here.
pub fn open(inputs: impl IntoIterator<Item = Input>, options: &Options) -> Records {
    let queue = inputs.into_iter().map(|input| (input, 0)).collect();
    Records { queue, current: None, format: options.format, columns: options.columns.clone(), limits: options.limits }
}

/// The documents of the inputs, in order, read and parsed in one thread: each record is one item.
pub fn documents(
    inputs: impl IntoIterator<Item = Input>,
    options: Options,
) -> impl Iterator<Item = Result<Document, Rejection>> {
    open(inputs, &options).map(move |raw| raw?.document(&options))
}

/// Iterates over the records of the inputs.
pub struct Records {
    /// Inputs still to be opened, with the depth of folders they lie in.
    queue: VecDeque<(Input, usize)>,
    /// The file that is being read.
    current: Option<Box<dyn Frame>>,
    format: Option<Format>,
    columns: Vec<Column>,
    limits: Limits,
}

impl Iterator for Records {
    type Item = Result<Raw, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut current) = self.current.take() {
                match current.next() {
                    Framed::One(done) => {
                        self.current = Some(current);
                        return Some(done);
                    }
                    Framed::Last(done) => return Some(done),
                    Framed::Skipped => self.current = Some(current),
                    Framed::End => {}
                }
                continue;
            }
            let (input, depth) = self.queue.pop_front()?;
            let name = input.name();
            if let Err(reason) = self.start(input, depth, &name) {
                return Some(Err(Rejection { place: Place::of(&name), reason }));
            }
        }
    }
}

impl Records {
    /// Opens an input: leaves it to be read record by record, or what is in it to be opened.
    fn start(&mut self, input: Input, depth: usize, name: &str) -> Result<(), Reason> {
        let path = match input {
            Input::Stdin => return self.read(Box::new(io::stdin()), None, name),
            Input::Path(path) => path,
        };
        let about = match fs::metadata(&path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(&path) => {
                return self.pattern(&path, depth);
            }
            Err(error) => return Err(unreadable(error)),
        };
        if about.is_dir() {
            if depth > self.limits.folder_depth {
                return Err(Reason::TooDeep(self.limits.folder_depth));
            }
            return self.folder(&path, depth);
        }
        let mut file = File::open(&path).map_err(unreadable)?;
        if about.is_file() && is_parquet(&path, &mut file).map_err(unreadable)? {
            self.current = Some(Box::new(Parquet::new(file, name, &self.columns, self.limits.record_bytes)?));
            return Ok(());
        }
        self.read(Box::new(file), Some(&path), name)
    }

    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), Reason> {
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if !hidden && (kind.is_dir() || format::is_known(&entry.path())) {
                inside.push(entry.path());
            }
        }
        if inside.is_empty() {
            return if depth == 0 { Err(Reason::EmptyFolder) } else { Ok(()) };
        }
        inside.sort_unstable();
        self.put_first(inside, depth + 1);
        Ok(())
    }

    /// Puts the files and folders that a pattern matches first in the queue, each once.
    fn pattern(&mut self, path: &Path, depth: usize) -> Result<(), Reason> {
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let mut pattern = path.to_str().ok_or(Reason::NotFound)?.to_owned();
        if pattern.ends_with("**") {
            pattern.push_str("/*"); // which would match folders alone
        }
        let found = glob::glob_with(&pattern, options).map_err(|error| Reason::BadPattern(error.msg))?;
        let mut matches: Vec<PathBuf> = found.filter_map(Result::ok).collect();
        matches.sort_unstable();
        let mut kept: Vec<PathBuf> = Vec::new();
        for one in matches {
            // What lies in a folder that matches is read with the folder.
            if !kept.iter().rev().any(|folder| one.starts_with(folder)) {
                kept.push(one);
            }
        }
        if kept.is_empty() {
            return Err(Reason::NoMatch);
        }
        self.put_first(kept, depth);
        Ok(())
    }

    fn put_first(&mut self, paths: Vec<PathBuf>, depth: usize) {
        for path in paths.into_iter().rev() {
            self.queue.push_front((Input::Path(path), depth));
        }
    }

    fn read(&mut self, raw: Stream, path: Option<&Path>, name: &str) -> Result<(), Reason> {
        let bytes = Bytes::new(raw, self.limits)?;
        let head = bytes.head();
        if head.is_empty() {
            return Err(Reason::Empty);
        }
        let format = self.format.unwrap_or_else(|| format::tell(path, head));
        let utf8 = matches!(format, Format::Json | Format::JsonLines);
        if let Some(what) = noise(head, utf8).filter(|_| format != Format::Warc) {
            return Err(Reason::Binary(what));
        }
        self.current = Some(match format {
            Format::JsonLines => Box::new(Lines::new(bytes, name)),
            Format::Html => Box::new(Whole::new(bytes, name, Kind::Page(Box::default()))),
            Format::Warc => Box::new(Warc::new(bytes, name)),
            Format::Feed => Box::new(Entries::new(bytes, name)),
            Format::Csv | Format::Tsv => Box::new(Delimited::new(bytes, name, format == Format::Tsv, &self.columns)),
            Format::Text => Box::new(Whole::new(bytes, name, Kind::Text)),
            Format::Json if is_list(bytes.head()) => Box::new(List::new(bytes, name)),
            Format::Json => Box::new(Whole::new(bytes, name, Kind::Json)),
        });
        Ok(())
    }
}

/// Whether a file is Parquet, by its name or by its first bytes.
fn is_parquet(path: &Path, file: &mut File) -> io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(MARK.len() as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == MARK || format::is_parquet(path))
}

/// Whether a JSON text that begins so is a list.
fn is_list(head: &[u8]) -> bool {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start().starts_with(b"[")
}

/// Whether a path looks like a pattern that no shell has expanded.
fn is_pattern(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    let class = name.iter().position(|b| *b == b'[').is_some_and(|at| name.iter().skip(at).any(|b| *b == b']'));
    class || name.iter().any(|b| b"*?".contains(b))
}

fn unreadable(error: io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::NotFound => Reason::NotFound,
        _ => Reason::Unreadable(error),
    }
}
