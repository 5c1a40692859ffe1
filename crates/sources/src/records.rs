//! The way from inputs to records: cheap work, for one thread.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek};
use std::path::Path;

use jiff::civil::Date;
use readout_text::{Document, Meta};

use crate::bytes::{Bytes, noise};
use crate::dates::DateOrder;
use crate::format::{self, Format};
use crate::frame::{Entries, Frame, Framed, Lines, List, Warc, Whole};
use crate::input::Input;
use crate::limits::Limits;
use crate::meter::Meter;
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};
use crate::table::{Column, Delimited, MARK, Parquet};
use crate::unpack::Stream;
use crate::walk::{Found, Walk, unreadable};

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
    Records {
        files: Walk::new(inputs, options.limits.folder_depth),
        current: None,
        reading: Extent::default(),
        format: options.format,
        columns: options.columns.clone(),
        limits: options.limits,
    }
}

/// Bytes of all files of the inputs as they lie on disk, for [`Records::bytes_read`] to be set against; nothing where that
/// cannot be known, as of standard input. Looks at each file's entry, and opens none.
pub fn bytes_in_all(inputs: impl IntoIterator<Item = Input>, options: &Options) -> Option<u64> {
    let mut all: u64 = 0;
    for (_, found) in Walk::new(inputs, options.limits.folder_depth) {
        match found {
            Ok(Found::File(_, about)) if about.is_file() => all = all.saturating_add(about.len()),
            Ok(_) => return None,
            Err(_) => {}
        }
    }
    Some(all)
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
    /// Inputs still to be opened.
    files: Walk,
    /// The file that is being read.
    current: Option<Box<dyn Frame>>,
    reading: Extent,
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
            self.reading.end();
            let (name, found) = self.files.next()?;
            if let Err(reason) = found.and_then(|found| self.start(found, &name)) {
                return Some(Err(Rejection { place: Place::of(&name), reason }));
            }
        }
    }
}

impl Records {
    /// Bytes of the inputs' files that were read so far, as they lie on disk; a file that is done with counts as a whole,
    /// also where it was given up. It runs ahead of the records by what is buffered.
    pub fn bytes_read(&self) -> u64 {
        self.reading.bytes()
    }

    /// Opens a file, to be read record by record.
    fn start(&mut self, found: Found, name: &str) -> Result<(), Reason> {
        let (path, about) = match found {
            Found::Stdin => {
                let meter = self.reading.begin(None);
                return self.read(Box::new(meter.over(io::stdin())), None, name);
            }
            Found::File(path, about) => (path, about),
        };
        let meter = self.reading.begin(Some(&about));
        let mut file = meter.over(File::open(&path).map_err(unreadable)?);
        if about.is_file() && is_parquet(&path, &mut file).map_err(unreadable)? {
            self.current = Some(Box::new(Parquet::new(file, name, &self.columns, self.limits.record_bytes)?));
            return Ok(());
        }
        self.read(Box::new(file), Some(&path), name)
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
fn is_parquet(path: &Path, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(MARK.len() as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == MARK || format::is_parquet(path))
}

/// Whether a JSON text that begins so is a list.
fn is_list(head: &[u8]) -> bool {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start().starts_with(b"[")
}

/// How far the reading is.
#[derive(Debug, Default)]
struct Extent {
    /// Bytes of the files that are done with.
    done: u64,
    /// Bytes of the file that is being read; where they are known, the file counts as no more and no less.
    size: Option<u64>,
    meter: Meter,
}

impl Extent {
    /// The meter of a file that is opened.
    fn begin(&mut self, about: Option<&Metadata>) -> Meter {
        self.end();
        self.size = about.filter(|about| about.is_file()).map(Metadata::len);
        self.meter.clone()
    }

    /// The file that was read is done with.
    fn end(&mut self) {
        self.done = self.done.saturating_add(self.size.take().unwrap_or(self.meter.read()));
        self.meter = Meter::default();
    }

    fn bytes(&self) -> u64 {
        self.done.saturating_add(self.meter.read().min(self.size.unwrap_or(u64::MAX)))
    }
}
