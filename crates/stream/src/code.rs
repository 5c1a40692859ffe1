//! The threads that code: from messages to what is published and stored of them.

use async_nats::jetstream::message::PublishMessage;
use readout_pipeline::{Coded, Pipeline, Worker, coded, guarded};
use readout_record::Record;
use readout_sources::{Raw, Rejection};
use readout_store::{Arrival, What, digest};
use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

use crate::host::Host;
use crate::queue::Queue;
use crate::settings::{Each, Options};

/// Bytes of a message that its headers may take.
const HEADERS: usize = 1 << 10;

/// A document that has come.
pub(crate) struct Job {
    /// Its number in the stream, from 1.
    pub sequence: u64,
    /// How often it was given out, this time included.
    pub deliveries: u64,
    pub raw: Raw,
}

/// What came of it.
pub(crate) struct Done {
    pub sequence: u64,
    pub events: usize,
    /// Why it was rejected, and what to do.
    pub rejected: Option<(String, Option<&'static str>)>,
    /// What is to be published.
    pub publications: Vec<Publication>,
    /// What is to be stored.
    pub arrival: Option<Arrival>,
}

/// A message to publish.
pub(crate) struct Publication {
    pub subject: String,
    pub message: PublishMessage,
}

/// What is known of a document whatever comes of it.
struct Known {
    sequence: u64,
    /// Hash of what it holds and of how it is read.
    hash: String,
    /// The same, and of what codes it: under this its outcome is published.
    id: String,
}

/// Why there is no result, and what to do.
struct Refusal {
    reason: String,
    hint: Option<&'static str>,
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Refusal {
        Refusal { reason: rejection.reason.to_string(), hint: Some(rejection.hint()) }
    }
}

/// Codes.
pub(crate) struct Coding<'c> {
    pipeline: &'c Pipeline<'c>,
    options: &'c Options,
    host: &'c dyn Host,
    /// How documents are read, and what codes them.
    reading: String,
    version: String,
    /// Bytes that a message may have.
    payload: usize,
}

impl<'c> Coding<'c> {
    pub fn new(pipeline: &'c Pipeline<'c>, options: &'c Options, host: &'c dyn Host, payload: usize) -> Self {
        let reading = format!("{:?} {}", options.reading, options.any_language);
        let version = format!("{:?}", pipeline.version());
        Coding { pipeline, options, host, reading, version, payload }
    }

    /// Codes what comes until the queue is closed.
    pub fn work(&self, queue: &Queue<Job>, done: &UnboundedSender<Done>) {
        let mut worker = self.pipeline.worker();
        while let Some(bundle) = queue.take() {
            let known: Vec<Known> = bundle.iter().map(|job| self.known(job)).collect();
            let outcomes = guarded(|| self.outcomes(&worker, bundle)).unwrap_or_else(|| {
                worker = self.pipeline.worker();
                Vec::new()
            });
            let outcomes = outcomes.into_iter().chain(std::iter::repeat_with(|| None));
            for (known, outcome) in known.into_iter().zip(outcomes) {
                if done.send(self.done(known, outcome)).is_err() {
                    return;
                }
            }
        }
    }

    fn known(&self, job: &Job) -> Known {
        let hash = digest(&[&job.raw.hash.to_string(), &self.reading]);
        let id = digest(&[&hash, &self.version]);
        Known { sequence: job.sequence, hash, id }
    }

    /// What is coded from each; `None` where its work panicked.
    fn outcomes(&self, worker: &Worker<'_>, bundle: Vec<Job>) -> Vec<Option<Result<Coded, Refusal>>> {
        coded(worker, self.options.any_language, bundle, |job| {
            let suspect = job.deliveries > self.options.settings.trusted_deliveries;
            let raw = job.raw.checked(&self.options.reading.limits)?;
            if suspect && !self.host.survives(raw.bytes()) {
                let reason = "a process that coded it died".to_owned();
                return Err(Refusal { reason, hint: Some("please report it with the text") });
            }
            Ok(raw.document(&self.options.reading)?)
        })
    }

    fn done(&self, known: Known, outcome: Option<Result<Coded, Refusal>>) -> Done {
        let fault = || Refusal {
            reason: "could not be coded because of a fault in readout".to_owned(),
            hint: Some("please report it with the text"),
        };
        let made = match outcome {
            Some(Ok(coded)) => guarded(|| self.made(&known, coded)).unwrap_or_else(|| Err(fault())),
            Some(Err(refusal)) => Err(refusal),
            None => Err(fault()),
        };
        let (events, publications, what, rejected) = match made {
            Ok((events, publications, what)) => (events, publications, what, None),
            Err(Refusal { reason, hint }) => {
                let told = self.rejection(&known, &reason, hint);
                (0, told.into_iter().collect(), What::Rejected(reason.clone()), Some((reason, hint)))
            }
        };
        let Known { sequence, hash, .. } = known;
        let input = self.options.from.clone();
        let arrival = Arrival { input, ordinal: Some(sequence), line: None, offset: None, hash, what };
        Done { sequence, events, rejected, publications, arrival: self.options.store.is_some().then_some(arrival) }
    }

    /// The events' number, what is published and what is stored.
    fn made(&self, known: &Known, coded: Coded) -> Result<(usize, Vec<Publication>, What), Refusal> {
        let record = coded.record(self.pipeline.codebook_version());
        let events = record.events.len();
        let publications = self.publications(known, record)?;
        let report = coded.into_report(self.pipeline.codebook_version());
        Ok((events, publications, What::Report(Box::new(report))))
    }

    fn publications(&self, known: &Known, mut record: Record) -> Result<Vec<Publication>, Refusal> {
        let Some(target) = &self.options.to else { return Ok(Vec::new()) };
        if target.each == Each::Document {
            return Ok(vec![self.message(&target.subject, &known.id, json_line(&record))?]);
        }
        let events = std::mem::take(&mut record.events);
        (record.attributions, record.furniture, record.problems) = (Vec::new(), Vec::new(), Vec::new());
        let one = |event: readout_record::Event| {
            let id = event.id.as_str().to_owned();
            let record = Record { events: vec![event], ..record.clone() };
            self.message(&target.subject, &id, json_line(&record))
        };
        events.into_iter().map(one).collect()
    }

    /// What is published of a document that gave no result.
    fn rejection(&self, known: &Known, reason: &str, hint: Option<&str>) -> Option<Publication> {
        let target = self.options.to.as_ref()?;
        let told = json!({"schema": "readout-rejected/1", "stream": self.options.from, "sequence": known.sequence,
            "reason": reason, "hint": hint});
        self.message(&target.rejected(), &known.id, told.to_string()).ok()
    }

    fn message(&self, subject: &str, id: &str, payload: String) -> Result<Publication, Refusal> {
        if payload.len() + HEADERS > self.payload {
            let reason = format!(
                "the record has {} bytes, more than the server takes in a message ({})",
                payload.len(),
                self.payload
            );
            return Err(Refusal {
                reason,
                hint: Some("publish each event (--each event), or raise the server's max_payload"),
            });
        }
        let stream = self.options.to.as_ref().map_or("", |target| &target.stream);
        let message = PublishMessage::build().message_id(id).expected_stream(stream).payload(payload.into());
        Ok(Publication { subject: subject.to_owned(), message })
    }
}

/// The record in one line. A record of plain values cannot fail to be written.
fn json_line(record: &Record) -> String {
    serde_json::to_string(record).unwrap_or_default()
}
