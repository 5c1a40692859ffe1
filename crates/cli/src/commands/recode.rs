//! `readout recode`: a store in, the same reports coded again; what differs is shown before anything is changed.
//!
//! The new coding grows in a store of its own beside the old one, by the same rules (each report once, stopped and gone on
//! with at will), and takes its place at the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use readout_codebook::Codebook;
use readout_pipeline::{Coded, Pipeline, Sentences, Worker, default_threads, in_order};
use readout_record::{Event, Party};
use readout_store::{Added, Arrival, Change, Comparison, Difference, Prior, Run, Store, StoreError, Stored, What};
use readout_text::{Document, Meta, Problem};
use serde_json::json;

use super::codebook;
use crate::Outcome;
use crate::args::Recode;
use crate::input::STDIN;
use crate::progress::Progress;
use crate::store::told;
use crate::view::table::counted;

/// Documents that are written together.
const BATCH: usize = 256;

/// Codes the store's reports again, shows what differs and, where asked to, puts the new coding in the old one's place.
pub(crate) fn run(options: &Recode) -> anyhow::Result<Outcome> {
    let book = options.codebook.as_deref().map(codebook::sound).transpose()?;
    let old = Store::open(&options.store).map_err(told)?;
    let Some(version) = old.version().map_err(told)? else {
        eprintln!("readout: nothing to code: {} holds no document", options.store.display());
        return Ok(Outcome::Nothing);
    };
    // Which sentences are read stays as it is: another choice is another store.
    let reading = version.reading.parse::<Sentences>().map_err(anyhow::Error::msg)?;
    let pipeline = Pipeline::with(book.as_ref().unwrap_or(Codebook::embedded()))?.reading(reading);
    if version == pipeline.version() {
        eprintln!("readout: nothing to do: {} was coded by this program and codebook", options.store.display());
        return Ok(Outcome::Done);
    }
    let beside = beside(&options.store);
    let mut new = begin(&beside, &pipeline)?;
    let run = new.begin("recode", &pipeline.version()).map_err(told)?;
    code(options, &pipeline, &old, &mut new, run, &beside)?;
    new.link(options.days).map_err(told)?;
    new.finish(run).map_err(told)?;
    let comparison = compare(options, &old, &new)?;
    show(&comparison);
    if !options.commit {
        eprintln!("readout: nothing is changed yet; the same command with --commit puts the new coding in place");
        return Ok(Outcome::Done);
    }
    drop(old);
    replace(&options.store, &beside, new)?;
    eprintln!("readout: {} has the new coding", options.store.display());
    Ok(Outcome::Done)
}

/// Where the new coding grows.
fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".recoding");
    PathBuf::from(name)
}

/// The new store: the one that was begun with this version, else an empty one.
fn begin(path: &Path, pipeline: &Pipeline<'_>) -> anyhow::Result<Store> {
    match Store::open_or_create(path, &pipeline.version()) {
        Err(StoreError::OtherCoder { .. }) => {
            remove(path)?;
            Store::open_or_create(path, &pipeline.version()).map_err(told)
        }
        other => other.map_err(told),
    }
}

/// Removes a store with the files that SQLite keeps beside it.
fn remove(path: &Path) -> anyhow::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot remove {}", PathBuf::from(&name).display()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn code(
    options: &Recode,
    pipeline: &Pipeline<'_>,
    old: &Store,
    new: &mut Store,
    run: Run,
    beside: &Path,
) -> anyhow::Result<()> {
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let reader = Store::open(old.path()).map_err(told)?;
    let known = Store::open(beside).map_err(told)?;
    let keys = old.keys().map_err(told)?;
    let total = keys.len();
    let mut progress = (!options.quiet && io::stderr().is_terminal()).then(Progress::new);
    let (mut batch, mut added, mut done) = (Vec::new(), Added::default(), 0_usize);
    in_order(
        move || keys.into_iter().map(move |key| job(&reader, &known, &key).map_err(told)),
        threads,
        || pipeline.worker(),
        |worker, job: anyhow::Result<Option<Job>>| job.map(|job| job.map(|job| job.code(worker, pipeline))),
        |result| {
            let Some(result) = result else {
                anyhow::bail!("a report could not be coded because of a fault in readout")
            };
            batch.extend(result?.unwrap_or_default());
            done += 1;
            if batch.len() >= BATCH {
                added += new.write(run, &batch).map_err(told)?;
                batch.clear();
            }
            if let Some(p) = &mut progress {
                p.show(done, added.events, Some(done as f64 / total.max(1) as f64));
            }
            Ok(())
        },
    )?;
    for outcome in old.rejections().map_err(told)? {
        let reason = outcome.reason.clone().unwrap_or_default();
        batch.push(outcome.arrival(What::Rejected(reason), STDIN));
    }
    new.write(run, &batch).map_err(told)?;
    if let Some(p) = &mut progress {
        p.clear();
    }
    Ok(())
}

/// A report to be coded again, with the records that it came from.
struct Job {
    stored: Stored,
    outcomes: Vec<readout_store::Outcome>,
}

/// The report with this key; nothing for one whose records are in the new store already.
fn job(old: &Store, known: &Store, key: &str) -> Result<Option<Job>, StoreError> {
    let stored = old.by_key(key)?;
    let outcomes = old.outcomes_of(&stored)?;
    for outcome in &outcomes {
        let ordinal = (outcome.input != STDIN).then_some(outcome.ordinal);
        if known.prior(&outcome.input, ordinal, &outcome.hash)? != Prior::Done {
            return Ok(Some(Job { stored, outcomes }));
        }
    }
    Ok(None)
}

impl Job {
    fn code(self, worker: &Worker<'_>, pipeline: &Pipeline<'_>) -> Vec<Arrival> {
        let report = if self.stored.coded {
            let document = document(&self.stored);
            let coding = worker.code(&document);
            Coded { document, coding, is_coded: true }.into_report(pipeline.codebook_version())
        } else {
            self.stored.into_report()
        };
        let what = What::Report(Box::new(report));
        self.outcomes.into_iter().map(|outcome| outcome.arrival(what.clone(), STDIN)).collect()
    }
}

/// The document that a report was, with the problems of its first reading.
pub(super) fn document(stored: &Stored) -> Document {
    let r = &stored.record;
    let meta = Meta {
        id: r.id.clone(),
        uri: r.uri.clone(),
        title: r.title.clone(),
        author: r.author.clone(),
        published: r.published,
        publisher: r.publisher.clone(),
        language: r.language.clone(),
        licence: r.licence.clone(),
    };
    let mut document = if stored.presplit {
        let sentences: Vec<String> = stored.text.split('\n').map(str::to_owned).collect();
        Document::from_sentences(&sentences, meta)
    } else {
        Document::from_text(stored.text.clone(), meta)
    };
    let seen: Vec<String> = document.problems.iter().map(|p| p.what.clone()).collect();
    let first = r.problems.iter().filter(|p| !seen.contains(&p.what));
    document.problems.splice(0..0, first.map(|p| Problem { span: None, what: p.what.clone() }));
    document
}

/// Compares, writing each difference where one asked for them.
fn compare(options: &Recode, old: &Store, new: &Store) -> anyhow::Result<Comparison> {
    let mut out = options
        .output
        .as_ref()
        .map(|path| File::create(path).with_context(|| format!("cannot write {}", path.display())))
        .transpose()?
        .map(BufWriter::new);
    let mut left = options.show;
    let comparison = Comparison::of(old, new, |difference| {
        if let Some(out) = &mut out {
            writeln!(out, "{}", as_json(&difference))?;
        }
        if left > 0 {
            left -= 1;
            println!("{}", in_words(&difference));
        }
        Ok::<_, anyhow::Error>(())
    })?;
    if let Some(mut out) = out {
        out.flush()?;
    }
    Ok(comparison)
}

fn as_json(d: &Difference) -> serde_json::Value {
    let (change, before, after, fields) = match &d.change {
        Change::Gained(e) => ("gained", None, Some(e), &[][..]),
        Change::Lost(e) => ("lost", Some(e), None, &[][..]),
        Change::Changed { before, after, fields } => ("changed", Some(before), Some(after), fields.as_slice()),
    };
    json!({"change": change, "document": d.document, "sentence": d.sentence, "fields": fields, "before": before, "after": after})
}

fn in_words(d: &Difference) -> String {
    let what = match &d.change {
        Change::Gained(e) => format!("+ {}", event(e)),
        Change::Lost(e) => format!("- {}", event(e)),
        Change::Changed { before, after, fields } => {
            format!("- {}\n+ {}   ({})", event(before), event(after), fields.join(", "))
        }
    };
    format!("{}: {}\n{what}\n", d.document, d.sentence.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn event(e: &Event) -> String {
    let side = |parties: &[Party]| parties.iter().map(|p| p.code.as_str()).collect::<Vec<_>>().join(", ");
    let said: Vec<&str> = e.said_by.iter().map(|s| s.code.as_str()).collect();
    let said = if said.is_empty() { String::new() } else { format!(", said by {}", said.join(" < ")) };
    let mode = e.mode.as_deref().map_or(String::new(), |m| format!("/{m}"));
    format!("{} —{}{mode}→ {} ({}{said})", side(&e.actor), e.kind, side(&e.recipient), e.status.name())
}

fn show(c: &Comparison) {
    println!("{} alike, {} gained, {} lost, {} changed", counted(c.same, "event"), c.gained, c.lost, c.changed);
    for (field, n) in &c.fields {
        println!("  {field}: {n}");
    }
    if c.unmatched > 0 {
        println!("{} only in one of the two", counted(c.unmatched, "document"));
    }
}

/// Puts the new store in the old one's place, in one step.
fn replace(store: &Path, beside: &Path, new: Store) -> anyhow::Result<()> {
    new.close().map_err(told)?;
    Store::settle(store).map_err(told)?;
    fs::rename(beside, store).with_context(|| format!("cannot put {} in place", beside.display()))
}
