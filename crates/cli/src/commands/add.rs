//! `readout add`: documents in, a store out.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use readout_codebook::Codebook;
use readout_pipeline::{Coded, Pipeline, Worker, bundles, coded, default_threads, guarded, in_order};
use readout_sources::{Place, Rejection};
use readout_store::{Added, Arrival, Prior, Run, Store, What, digest};

use super::{codebook, meta};
use crate::Outcome;
use crate::args::Add;
use crate::input::{self, Incoming, Reading};
use crate::log::Log;
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
    let pipeline = Pipeline::with(book.as_ref().unwrap_or(Codebook::embedded()))?.reading(options.read);
    let mut store = Store::open_or_create(&options.store, &pipeline.version()).map_err(told)?;
    let run = store.begin("add", &pipeline.version()).map_err(told)?;
    // Asks what is known while the other connection writes.
    let known = Store::open(&options.store).map_err(told)?;
    let reading = Reading::new(&options.files, meta(&options.meta)).with_tables(&options.tables);
    let settings = format!("{} {}", reading.settings(), options.any_language);
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let mut sink = Sink::new(&mut store, run, Log::new(options.log_json, options.quiet, || reading.bytes()));
    in_order(
        || bundles(Jobs::new(&reading, known, &settings, options.shard), Job::size),
        threads,
        || pipeline.worker(),
        |worker, jobs| Bundle::of(&reading, &pipeline, worker, options.any_language, jobs),
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

impl Job {
    /// Bytes that have to be coded.
    fn size(job: &anyhow::Result<Job>) -> usize {
        job.as_ref().map_or(0, |job| if job.prior == Prior::New { job.incoming.size() } else { 0 })
    }
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

/// What came of a record, and, where it was rejected, the rejection to be told.
type Come = (Arrival, Option<Rejection>);

/// What came of a few records.
struct Bundle {
    come: Vec<Come>,
    /// Bytes of the inputs that were read by then.
    read: u64,
}

impl Bundle {
    /// What comes of each record. A fault in one costs that record alone.
    fn of(
        reading: &Reading,
        pipeline: &Pipeline<'_>,
        worker: &Worker<'_>,
        any_language: bool,
        jobs: Vec<anyhow::Result<Job>>,
    ) -> anyhow::Result<Bundle> {
        let (mut places, mut records, mut read) = (Vec::new(), Vec::new(), 0);
        for job in jobs {
            let Job { incoming, ordinal, hash, prior } = job?;
            read = incoming.read();
            places.push((incoming.place().clone(), ordinal, hash, prior));
            if prior == Prior::New {
                records.push(incoming);
            }
        }
        let mut outcomes = coded(worker, any_language, records, |incoming| reading.document(incoming)).into_iter();
        let report = |coded: Coded| guarded(|| coded.into_report(pipeline.codebook_version()));
        let mut come = |(place, ordinal, hash, prior): (Place, _, _, _)| {
            let (what, rejection) = if prior == Prior::New {
                match outcomes.next().flatten().and_then(|outcome| outcome.map(report).transpose()) {
                    Some(Ok(report)) => (What::Report(Box::new(report)), None),
                    Some(Err(rejection)) => (What::Rejected(rejection.reason.to_string()), Some(rejection)),
                    None => (What::Rejected("could not be coded because of a fault in readout".to_owned()), None),
                }
            } else {
                (What::Again, None)
            };
            let input = place.name.to_string();
            (Arrival { input, ordinal, line: place.line, offset: place.offset, hash, what }, rejection)
        };
        Ok(Bundle { come: places.into_iter().map(&mut come).collect(), read })
    }
}

/// Takes arrivals in order and writes them in batches.
struct Sink<'s> {
    store: &'s mut Store,
    run: Run,
    batch: Vec<Arrival>,
    since: Instant,
    /// Bytes of the inputs that were read for what was taken.
    read: u64,
    added: Added,
    log: Log,
}

impl<'s> Sink<'s> {
    fn new(store: &'s mut Store, run: Run, log: Log) -> Self {
        Sink { store, run, batch: Vec::new(), since: Instant::now(), read: 0, added: Added::default(), log }
    }

    fn take(&mut self, done: Option<anyhow::Result<Bundle>>) -> anyhow::Result<()> {
        // Faults are caught where the record is coded; one beyond that is a fault of the program that ends it.
        let Some(done) = done else { anyhow::bail!("a fault in readout ended the work; run the command again") };
        let Bundle { come, read } = done?;
        self.read = read;
        for (arrival, rejection) in come {
            if let What::Rejected(reason) = &arrival.what {
                self.log.rejected(&arrival, reason, rejection.as_ref());
            }
            self.batch.push(arrival);
        }
        if self.batch.len() >= BATCH || self.since.elapsed() >= WAIT {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> anyhow::Result<()> {
        self.added += self.store.write(self.run, &self.batch).map_err(told)?;
        self.batch.clear();
        self.since = Instant::now();
        self.log.progress(self.added, self.read);
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<(Added, Log)> {
        self.write()?;
        Ok((self.added, self.log))
    }
}
