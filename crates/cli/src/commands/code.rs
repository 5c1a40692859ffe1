//! `readout code`: documents in, records or a table out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::Context as _;
use readout_coder::Coding;
use readout_pipeline::{Coded, Pipeline, bundles, coded, default_threads, guarded, in_order};
use readout_record::Record;
use readout_record::formats::jsonl;
use readout_sources::Rejection;
use readout_text::Document;

use super::meta;
use crate::Outcome;
use crate::args::{Code, RecordFormat};
use crate::input::{self, Incoming, Reading};
use crate::progress::{Progress, share};
use crate::view::paint::Paint;
use crate::view::table::{LEGEND, View, counted};
use crate::view::text::{columns, visible};

/// Codes the files and says what came of it.
pub(crate) fn run(options: &Code) -> anyhow::Result<Outcome> {
    if options.files.is_empty() && io::stdin().is_terminal() {
        eprintln!("readout: reading standard input; end it with Ctrl-D, or give files (readout code --help)");
    }
    let pipeline = Pipeline::load()?.reading(options.read);
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let reading = Reading::new(&options.files, meta(&options.meta)).with_tables(&options.tables);
    let mut report = Report::new(options, || reading.bytes())?;
    in_order(
        || bundles(reading.records(), Incoming::size),
        threads,
        || pipeline.worker(),
        |worker, bundle: Vec<Incoming>| {
            let read = bundle.last().map_or(0, Incoming::read);
            let recorded = |coded| recorded(&pipeline, coded);
            let outcomes =
                coded(worker, options.any_language, bundle, |incoming| reading.document(incoming)).into_iter();
            (outcomes.map(|outcome| outcome?.map(recorded).transpose()).collect::<Vec<_>>(), read)
        },
        |done| {
            let Some((results, read)) = done else { return report.take(None) };
            results.into_iter().try_for_each(|result| report.take(result))?;
            report.show(read);
            Ok(())
        },
    )?;
    report.finish()
}

/// A coded document with its record; `None` where making it panicked.
fn recorded(pipeline: &Pipeline, coded: Coded) -> Option<Recorded> {
    let record = guarded(|| coded.record(pipeline.codebook_version()))?;
    let Coded { document, coding, .. } = coded;
    Some(Recorded { document, coding, record })
}

struct Recorded {
    document: Document,
    coding: Coding,
    record: Record,
}

/// Writes what comes and counts it.
struct Report<'o> {
    options: &'o Code,
    out: Box<dyn Write>,
    view: Option<View>,
    progress: Option<Progress>,
    /// Bytes of the input in all, where they are known and progress is shown.
    all: Option<u64>,
    documents: usize,
    events: usize,
    rejected: usize,
    /// How many of the rejected held no text.
    empty: usize,
    /// What archives hold beside reports, counted by what it is.
    passed: BTreeMap<&'static str, usize>,
}

impl<'o> Report<'o> {
    fn new(options: &'o Code, all: impl FnOnce() -> Option<u64>) -> anyhow::Result<Self> {
        let terminal = options.output.is_none() && io::stdout().is_terminal();
        let out: Box<dyn Write> = match &options.output {
            Some(path) => Box::new(BufWriter::new(
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
            )),
            None => Box::new(BufWriter::new(io::stdout().lock())),
        };
        let table = options.format == RecordFormat::Table || (options.format == RecordFormat::Auto && terminal);
        let view = table.then(|| View {
            paint: Paint::choose(options.color, terminal),
            columns: columns(),
            attributions: options.attributions,
        });
        let progress = (!terminal && !options.quiet && io::stderr().is_terminal()).then(Progress::new);
        Ok(Report {
            options,
            out,
            view,
            all: if progress.is_some() { all() } else { None },
            progress,
            documents: 0,
            events: 0,
            rejected: 0,
            empty: 0,
            passed: BTreeMap::new(),
        })
    }

    fn take(&mut self, result: Option<Result<Recorded, Rejection>>) -> anyhow::Result<()> {
        match result {
            Some(Ok(coded)) => self.write(coded)?,
            Some(Err(rejection)) if rejection.reason.expected().is_some() => {
                *self.passed.entry(rejection.reason.expected().unwrap_or_default()).or_default() += 1;
            }
            Some(Err(rejection)) => {
                self.empty += usize::from(input::is_empty(&rejection));
                self.reject(&input::message(&rejection));
            }
            None => {
                let number = self.documents + self.rejected + 1;
                self.reject(&format!(
                    "record {number} could not be coded because of a fault in readout; please report it with the text"
                ));
            }
        }
        Ok(())
    }

    /// Shows how far the work is: bytes of the input that were read for it.
    fn show(&mut self, read: u64) {
        if let Some(p) = &mut self.progress {
            p.show(self.documents, self.events, share(read, self.all));
        }
    }

    fn write(&mut self, coded: Recorded) -> anyhow::Result<()> {
        let Recorded { document, coding, record } = coded;
        match self.view {
            Some(view) => {
                if self.documents == 0 && !view.paint.colors() {
                    writeln!(self.out, "{LEGEND}\n")?;
                }
                self.out.write_all(view.document(&document, &coding).as_bytes())?;
            }
            None if self.options.with_text => jsonl::write(&mut self.out, &record.with_text(&document))?,
            None => jsonl::write(&mut self.out, &record)?,
        }
        self.documents += 1;
        self.events += coding.events.len();
        Ok(())
    }

    fn reject(&mut self, message: &str) {
        if let Some(p) = &mut self.progress {
            p.clear();
        }
        eprintln!("readout: {message}");
        self.rejected += 1;
    }

    fn finish(mut self) -> anyhow::Result<Outcome> {
        self.out.flush()?;
        if let Some(p) = &mut self.progress {
            p.clear();
        }
        if !self.passed.is_empty() && !self.options.quiet {
            let counts: Vec<String> = self.passed.iter().map(|(what, count)| format!("{count} {what}")).collect();
            eprintln!("readout: passed over: {}", counts.join(", "));
        }
        if self.documents == 0 && self.rejected == self.empty {
            eprintln!("readout: nothing to code: the input holds no text");
            return Ok(Outcome::Nothing);
        }
        if self.rejected > 0 && !self.options.quiet {
            eprintln!("readout: {} coded, {} rejected", counted(self.documents, "document"), self.rejected);
        }
        if self.view.is_some() && self.documents > 0 && !self.options.quiet {
            self.tell_more();
        }
        Ok(if self.rejected > 0 { Outcome::Partial } else { Outcome::Done })
    }

    /// How to see the same in a browser; standard input cannot be read again.
    fn tell_more(&self) {
        let files = &self.options.files;
        if files.is_empty() || files.iter().any(|file| file.as_os_str() == "-") {
            return;
        }
        let mut command = vec![std::env::args().next().unwrap_or_else(|| "readout".to_owned()), "serve".to_owned()];
        command.extend(files.iter().map(|file| file.display().to_string()));
        for (flag, value) in [
            ("--published", self.options.meta.published.map(|day| day.to_string())),
            ("--publisher", self.options.meta.publisher.clone()),
        ] {
            command.extend(value.into_iter().flat_map(|value| [flag.to_owned(), value]));
        }
        let command: Vec<String> = command.iter().map(|word| quoted(word)).collect();
        eprintln!("readout: to search them and read them in a browser: {}", visible(&command.join(" ")));
    }
}

/// A word of a command line as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-,+:@%=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
