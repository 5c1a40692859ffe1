//! What a caller hears, and what it can do.

use readout_store::Added;

/// The caller of [`run`](crate::run).
pub trait Host: Sync {
    /// Hears what happens; called by one thread at a time.
    fn hear(&self, told: Told<'_>);

    /// Whether another process can code this document, whose text is plain or JSON, and live. Asked of documents that were
    /// given out more than once without an outcome, since they may be what ended a process. `true` where it cannot be tried.
    fn survives(&self, given: &[u8]) -> bool;
}

/// What happened.
#[derive(Debug)]
pub enum Told<'t> {
    /// Documents are waited for.
    Ready,
    /// A document was rejected, and that is published or stored.
    Rejected {
        /// The stream.
        stream: &'t str,
        /// Its number there.
        sequence: u64,
        /// Why, in one clause.
        reason: &'t str,
        /// What to do, where something can be done.
        hint: Option<&'t str>,
    },
    /// A document is settled: so far.
    Settled(&'t Summary),
    /// The server is away; it is tried again until it answers.
    Lost,
    /// It is there again.
    Back,
    /// Something failed and is tried again.
    Failed(&'t str),
    /// The work ends: so many documents in hand are finished first.
    Ending(usize),
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were settled, rejected ones not counted.
    pub documents: usize,
    /// Their events.
    pub events: usize,
    /// Of the documents, those whose results the stream had already.
    pub again: usize,
    /// Messages that gave no document.
    pub rejected: usize,
    /// Documents that were in hand at the end and will be given out again.
    pub left: usize,
    /// What came into the store.
    pub added: Option<Added>,
}
