//! What is asked for, and the numbers behind it. Each number has a line in `docs/stream.md`, which a test holds to this file.

use std::path::PathBuf;
use std::time::Duration;

/// What is read, and where it goes.
#[derive(Clone, Debug)]
pub struct Options {
    /// Addresses of servers of one cluster, between commas: `nats://HOST:PORT`, `tls://…`, with `USER:PASSWORD@` or `TOKEN@`.
    pub server: String,
    /// The stream that the documents come from.
    pub from: String,
    /// Only messages of this subject of it, `*` and `>` allowed.
    pub filter: Option<String>,
    /// Name of the durable consumer, whose place in the stream is kept by the server; workers of one name share the work.
    pub durable: String,
    /// Where records are published.
    pub to: Option<Target>,
    /// A store that keeps the results.
    pub store: Option<PathBuf>,
    /// Whether streams that are not there are made.
    pub create: bool,
    /// Whether it ends once no message is left.
    pub until_empty: bool,
    /// Whether messages are plain text where they do not say what they are; else JSON.
    pub text: bool,
    /// Whether documents in other languages are coded too.
    pub any_language: bool,
    /// How documents are read.
    pub reading: readout_sources::Options,
    /// Threads that code.
    pub threads: usize,
    /// Days by which two reports of one act may lie apart, for the store.
    pub days: u16,
    /// The numbers.
    pub settings: Settings,
}

/// A stream to publish to.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its name.
    pub stream: String,
    /// The subject of results; what was rejected goes to the same with `.rejected`.
    pub subject: String,
    /// What one message holds.
    pub each: Each,
}

impl Target {
    /// The subject of what was rejected.
    pub(crate) fn rejected(&self) -> String {
        format!("{}.rejected", self.subject)
    }
}

/// What one message of the results holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Each {
    /// The record of a document.
    #[default]
    Document,
    /// The record of a document with one of its events.
    Event,
}

/// Numbers that decide how long what waits, and how much is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Milliseconds after which the server gives a document to somebody who asks, where its worker is silent.
    pub ack_wait_millis: u64,
    /// Documents that all workers of a consumer have in hand together.
    pub max_ack_pending: u64,
    /// Documents that a worker has in hand for each of its threads.
    pub in_hand_a_thread: usize,
    /// Documents that a thread codes together at most.
    pub bundle_documents: usize,
    /// Bytes at which a bundle is full.
    pub bundle_bytes: usize,
    /// Milliseconds for which the server keeps a request for documents.
    pub pull_millis: u64,
    /// Deliveries after which a document is tried in a process of its own before it is coded.
    pub trusted_deliveries: u64,
    /// Minutes within which a stream that is made here drops what is published twice.
    pub duplicate_minutes: u64,
    /// Milliseconds in which the server must answer.
    pub answer_millis: u64,
    /// Milliseconds before something that failed is tried again; twice as long each time.
    pub pause_millis: u64,
    /// Most milliseconds of such a pause.
    pub longest_pause_millis: u64,
    /// Times that an acknowledgement is tried.
    pub ack_tries: u32,
    /// Milliseconds for what is in hand when the work is ended.
    pub finish_millis: u64,
    /// Milliseconds between two looks whether a stream is empty.
    pub look_millis: u64,
    /// Documents that are written to the store in one transaction at most.
    pub store_documents: usize,
    /// Milliseconds without a document after which events in the store are linked.
    pub link_millis: u64,
    /// Times that a store is tried to which somebody else writes, ten seconds each.
    pub store_tries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            ack_wait_millis: 30_000,
            max_ack_pending: 1_000,
            in_hand_a_thread: 8,
            bundle_documents: 4,
            bundle_bytes: 16_384,
            pull_millis: 5_000,
            trusted_deliveries: 2,
            duplicate_minutes: 120,
            answer_millis: 5_000,
            pause_millis: 250,
            longest_pause_millis: 4_000,
            ack_tries: 3,
            finish_millis: 20_000,
            look_millis: 250,
            store_documents: 256,
            link_millis: 10_000,
            store_tries: 6,
        }
    }
}

impl Settings {
    /// The pause after so many failures, the first being 0.
    pub(crate) fn pause(&self, failures: u32) -> Duration {
        let doubled = self.pause_millis.saturating_mul(1_u64.checked_shl(failures).unwrap_or(u64::MAX));
        Duration::from_millis(doubled.min(self.longest_pause_millis))
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn pauses_grow_to_a_limit() {
        let pause = |failures| Settings::default().pause(failures).as_millis();
        assert_eq!([0, 1, 2, 4, 5, 63, 64, 1000].map(pause), [250, 500, 1000, 4000, 4000, 4000, 4000, 4000]);
    }
}
