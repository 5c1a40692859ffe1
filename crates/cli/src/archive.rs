//! Where records that were coded earlier come from. Whatever keeps records joins here, by another [`Archive`].

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use readout_export::{Archive, Fault, Report};
use readout_record::Record;
use readout_record::formats::jsonl;
use serde::Deserialize;

/// Records of JSON lines.
pub(crate) struct Files {
    sources: Vec<Source>,
    /// Lines and files that could not be read.
    failed: Cell<usize>,
    /// Whether what is wrong has been told: it is told once, however often the records are gone through.
    told: Cell<bool>,
}

enum Source {
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
    pub(crate) fn open(files: &[PathBuf]) -> Files {
        let opened = Files { sources: Vec::new(), failed: Cell::new(0), told: Cell::new(false) };
        let stdin = [PathBuf::from("-")];
        let files = if files.is_empty() { &stdin[..] } else { files };
        let source = |path: &PathBuf| {
            if path == Path::new("-") {
                Source::Held(opened.read(path, io::stdin().lock()).collect())
            } else {
                Source::File(path.clone())
            }
        };
        let sources = files.iter().map(source).collect();
        Files { sources, ..opened }
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

    fn of<'a>(&'a self, source: &'a Source) -> Box<dyn Iterator<Item = Report> + 'a> {
        match source {
            Source::Held(reports) => Box::new(reports.iter().cloned()),
            Source::File(path) => match File::open(path) {
                Ok(file) => Box::new(self.read(path, BufReader::new(file))),
                Err(e) => {
                    self.tell(&format!("{}: {e}; give files that `readout code --output` wrote", path.display()));
                    Box::new(std::iter::empty())
                }
            },
        }
    }
}

impl Archive for Files {
    fn reports(&self) -> Box<dyn Iterator<Item = Result<Report, Fault>> + '_> {
        let all = self.sources.iter().flat_map(|s| self.of(s)).map(Ok);
        // Runs when all is read, and gives nothing.
        let end = std::iter::once(()).filter_map(|()| {
            self.told.set(true);
            None
        });
        Box::new(all.chain(end))
    }
}
