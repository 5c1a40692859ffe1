//! `readout add`: documents in, a store out.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use readout_codebook::Codebook;
use readout_coder::Coding;
use readout_record::Record;
use readout_sources::Rejection;
use readout_store::{Added, Arrival, Prior, Report, Run, Store, What};
use readout_text::{Document, Origin};
use sha2::{Digest as _, Sha256};

use super::{codebook, meta};
use crate::Outcome;
use crate::args::Add;
use crate::input::{self, Incoming, Reading};
use crate::log::Log;
use crate::parallel::{default_threads, in_order};
use crate::pipeline::{Pipeline, Worker};
use crate::store::told;

/// Records that are written together at most.
const BATCH: usize = 512;

/// How long a record that was coded waits at most until it is on the disk.
const WAIT: Duration = Duration::from_secs(1);

/// Reads the files into the store and says what came of it.
pub(crate) fn run(options: &Add) -> anyhow::Result<Outcome> {
    if options.files.is_empty() && io::stdin().is_terminal() {
        eprintln!("readout: reading standard input; end it with Ctrl-D, or give files (readout add --help)");
    }
    let book = options.codebook.as_deref().map(codebook::sound).transpose()?;
    let pipeline = Pipeline::with(book.as_ref().unwrap_or(Codebook::embedded()))?;
    let mut store = Store::open_or_create(&options.store, &pipeline.version()).map_err(told)?;
    let run = store.begin("add", &pipeline.version()).map_err(told)?;
    // Asks what is known while the other connection writes.
    let known = Store::open(&options.store).map_err(told)?;
    let reading = Reading::new(&options.files, meta(&options.meta)).with_tables(&options.tables);
    let settings = reading.settings();
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let mut sink = Sink::new(&mut store, run, Log::new(options.log_json, options.quiet));
    in_order(
        || Jobs::new(&reading, known, &settings, options.shard),
        threads,
        || pipeline.worker(),
        |worker, job| Ok(arrival(&reading, worker, pipeline.codebook_version(), job?)),
        |done| sink.take(done),
    )?;
    let (added, log) = sink.finish()?;
    let linked = store.link(options.days).map_err(told)?;
    store.finish(run).map_err(told)?;
    log.finish(added, linked);
    Ok(match added {
        Added { documents: 0, events: 0, again: 0, rejected: 0 } => Outcome::Nothing,
        Added { rejected: 0, .. } => Outcome::Done,
        _ => Outcome::Partial,
    })
}

/// A record of the input, with what the store knows of it.
struct Job {
    incoming: Incoming,
    ordinal: Option<u64>,
    hash: String,
    prior: Prior,
}

/// Gives jobs, in the input's order.
struct Jobs<I> {
    records: I,
    known: Store,
    settings: String,
    shard: Option<(u64, u64)>,
    /// The input that is being read, and how many of its records were.
    input: Option<(std::sync::Arc<str>, u64)>,
}

impl Jobs<()> {
    fn new<'r>(
        reading: &'r Reading,
        known: Store,
        settings: &str,
        shard: Option<(u64, u64)>,
    ) -> Jobs<impl Iterator<Item = Incoming> + use<'r>> {
        Jobs { records: reading.records(), known, settings: settings.to_owned(), shard, input: None }
    }
}

impl<I: Iterator<Item = Incoming>> Iterator for Jobs<I> {
    type Item = anyhow::Result<Job>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let incoming = self.records.next()?;
            let name = &incoming.place().name;
            let ordinal = match &mut self.input {
                Some((current, n)) if current == name => {
                    *n += 1;
                    *n
                }
                other => {
                    *other = Some((name.clone(), 0));
                    0
                }
            };
            if self.shard.is_some_and(|(part, of)| incoming.shard(of) != part) {
                continue;
            }
            // The same place in standard input is another record the next time.
            let ordinal = (&**name != input::STDIN).then_some(ordinal);
            let hash = digest(&[&incoming.hash(), &self.settings]);
            return Some(match self.known.prior(name, ordinal, &hash) {
                Ok(prior) => Ok(Job { incoming, ordinal, hash, prior }),
                Err(error) => Err(told(error)),
            });
        }
    }
}

/// What comes of a record. A fault in coding it costs this record alone.
fn arrival(reading: &Reading, worker: &Worker<'_>, codebook: &str, job: Job) -> (Arrival, Option<Rejection>) {
    let place = job.incoming.place().clone();
    let (what, rejection) = if job.prior == Prior::New {
        let coded = catch_unwind(AssertUnwindSafe(|| {
            reading.document(job.incoming).map(|document| report(worker, codebook, document))
        }));
        match coded {
            Ok(Ok(report)) => (What::Report(Box::new(report)), None),
            Ok(Err(rejection)) => (What::Rejected(rejection.reason.to_string()), Some(rejection)),
            Err(_) => (What::Rejected("could not be coded because of a fault in readout".to_owned()), None),
        }
    } else {
        (What::Again, None)
    };
    let arrival = Arrival {
        input: place.name.to_string(),
        ordinal: job.ordinal,
        line: place.line,
        offset: place.offset,
        hash: job.hash,
        what,
    };
    (arrival, rejection)
}

/// The report with what is coded from it, if it is in English. The store keeps the text as it was read, so spans index that.
pub(super) fn report(worker: &Worker<'_>, codebook: &str, mut document: Document) -> Report {
    document.origin = Origin::default();
    let coded = input::is_to_be_coded(&mut document);
    let coding = if coded { worker.code(&document) } else { Coding::default() };
    let record = Record::new(&document, &coding, codebook);
    Report::new(document.text, document.presplit, coded, record)
}

/// Takes arrivals in order and writes them in batches.
struct Sink<'s> {
    store: &'s mut Store,
    run: Run,
    batch: Vec<Arrival>,
    since: Instant,
    added: Added,
    log: Log,
}

impl<'s> Sink<'s> {
    fn new(store: &'s mut Store, run: Run, log: Log) -> Self {
        Sink { store, run, batch: Vec::new(), since: Instant::now(), added: Added::default(), log }
    }

    fn take(&mut self, done: Option<anyhow::Result<(Arrival, Option<Rejection>)>>) -> anyhow::Result<()> {
        // Faults are caught where the record is coded; one beyond that is a fault of the program that ends it.
        let Some(done) = done else { anyhow::bail!("a fault in readout ended the work; run the command again") };
        let (arrival, rejection) = done?;
        if let What::Rejected(reason) = &arrival.what {
            self.log.rejected(&arrival, reason, rejection.as_ref());
        }
        self.batch.push(arrival);
        if self.batch.len() >= BATCH || self.since.elapsed() >= WAIT {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> anyhow::Result<()> {
        self.added += self.store.write(self.run, &self.batch).map_err(told)?;
        self.batch.clear();
        self.since = Instant::now();
        self.log.progress(self.added);
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<(Added, Log)> {
        self.write()?;
        Ok((self.added, self.log))
    }
}

/// The first half of the SHA-256 of the parts, in hexadecimal.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
