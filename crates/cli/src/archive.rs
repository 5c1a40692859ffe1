//! Where records that were coded earlier come from: JSON lines and stores.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use readout_export::{Archive, Fault, Report};
use readout_record::Record;
use readout_record::formats::jsonl;
use readout_store::{Store, Stored};
use serde::Deserialize;

use crate::store::{is_store, told};

/// Records of JSON lines and of stores.
pub(crate) struct Files {
    sources: Vec<Source>,
    /// Lines and files that could not be read.
    failed: Cell<usize>,
    /// Whether what is wrong has been told: it is told once, however often the records are gone through.
    told: Cell<bool>,
}

enum Source {
    /// Asked each time.
    Store(Store),
    /// Read again each time.
    File(PathBuf),
    /// Standard input, which can be read but once.
    Held(Vec<Report>),
}

/// A line: a record, and which document it is a near duplicate of, where whoever wrote it knows.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    copy_of: Option<String>,
    #[serde(flatten)]
    record: Record,
}

impl Files {
    /// The records in `files` in order (`-`, or no file: standard input).
    ///
    /// # Errors
    /// Where a store cannot be opened.
    pub(crate) fn open(files: &[PathBuf]) -> anyhow::Result<Files> {
        let opened = Files { sources: Vec::new(), failed: Cell::new(0), told: Cell::new(false) };
        let stdin = [PathBuf::from("-")];
        let files = if files.is_empty() { &stdin[..] } else { files };
        let source = |path: &PathBuf| {
            Ok(if path == Path::new("-") {
                Source::Held(opened.read(path, io::stdin().lock()).collect())
            } else if is_store(path) {
                Source::Store(Store::open(path).map_err(told)?)
            } else {
                Source::File(path.clone())
            })
        };
        let sources = files.iter().map(source).collect::<anyhow::Result<_>>()?;
        Ok(Files { sources, ..opened })
    }

    /// How many lines and files could not be read.
    pub(crate) fn failed(&self) -> usize {
        self.failed.get()
    }

    fn read<'a>(&'a self, path: &'a Path, input: impl BufRead + 'a) -> impl Iterator<Item = Report> + 'a {
        jsonl::read::<Line>(input).filter_map(move |line| match line {
            Ok(Line { copy_of, record }) => Some(Report { record, copy_of }),
            Err(e) => {
                self.tell(&format!("{}: {e}; each line must be a record as `readout code` writes it", path.display()));
                None
            }
        })
    }

    fn tell(&self, what: &str) {
        if !self.told.get() {
            self.failed.set(self.failed.get() + 1);
            eprintln!("readout: {what}");
        }
    }

    fn of<'a>(&'a self, source: &'a Source) -> Box<dyn Iterator<Item = Result<Report, Fault>> + 'a> {
        match source {
            Source::Held(reports) => Box::new(reports.iter().cloned().map(Ok)),
            Source::Store(store) => match store.documents() {
                Ok(documents) => Box::new(documents.map(|stored| Ok(report(stored?)))),
                Err(error) => Box::new(std::iter::once(Err(error.into()))),
            },
            Source::File(path) => match File::open(path) {
                Ok(file) => Box::new(self.read(path, BufReader::new(file)).map(Ok)),
                Err(e) => {
                    self.tell(&format!("{}: {e}; give files that `readout code --output` wrote", path.display()));
                    Box::new(std::iter::empty())
                }
            },
        }
    }
}

fn report(stored: Stored) -> Report {
    Report { copy_of: stored.copy_of.map(|first| first.name), record: stored.record }
}

impl Archive for Files {
    fn reports(&self) -> Box<dyn Iterator<Item = Result<Report, Fault>> + '_> {
        let all = self.sources.iter().flat_map(|s| self.of(s));
        // Runs when all is read, and gives nothing.
        let end = std::iter::once(()).filter_map(|()| {
            self.told.set(true);
            None
        });
        Box::new(all.chain(end))
    }
}
