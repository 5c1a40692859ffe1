//! Takes in what another store holds.

use rusqlite::params;

use crate::arrival::{Arrival, Report, What};
use crate::store::{Added, Run};
use crate::{Result, Store, Stored};

/// Records that are written together.
const BATCH: usize = 512;

/// An outcome as a store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The input's name.
    pub input: String,
    /// Number of the record in its input.
    pub ordinal: u64,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Byte where the record starts.
    pub offset: Option<u64>,
    /// Hash of the record and of the settings it was read with.
    pub hash: String,
    /// Why it gave no document, where it gave none.
    pub reason: Option<String>,
}

impl Outcome {
    /// The arrival of this record with `what` came of it; `unordered` names the input whose records have no lasting place.
    pub fn arrival(self, what: What, unordered: &str) -> Arrival {
        Arrival {
            ordinal: (self.input != unordered).then_some(self.ordinal),
            input: self.input,
            line: self.line,
            offset: self.offset,
            hash: self.hash,
            what,
        }
    }
}

impl Store {
    /// Writes all that `other` holds and this does not. `unordered` names the input whose records have no lasting place
    /// (standard input). `done` is told how many of the other's documents are in.
    ///
    /// # Errors
    /// [`crate::StoreError::OtherCoder`] where something else coded it, and what SQLite says; what was written by then stays.
    pub fn absorb(&mut self, run: Run, other: &Store, unordered: &str, mut done: impl FnMut(usize)) -> Result<Added> {
        if let (Some(mine), Some(theirs)) = (self.version()?, other.version()?) {
            crate::version::agree(&other.path, &theirs, &mine)?;
        }
        let mut added = Added::default();
        let mut batch = Vec::new();
        for (n, stored) in other.documents()?.enumerate() {
            let stored = stored?;
            let outcomes = other.outcomes_of(&stored)?;
            let report = stored.into_report();
            for outcome in outcomes {
                batch.push(outcome.arrival(What::Report(Box::new(report.clone())), unordered));
            }
            if batch.len() >= BATCH {
                added += self.write(run, &batch)?;
                batch.clear();
                done(n + 1);
            }
        }
        for outcome in other.rejections()? {
            let reason = outcome.reason.clone().unwrap_or_default();
            batch.push(outcome.arrival(What::Rejected(reason), unordered));
        }
        added += self.write(run, &batch)?;
        Ok(added)
    }

    /// The records that a document came from, by input and place.
    pub fn outcomes_of(&self, stored: &Stored) -> Result<Vec<Outcome>> {
        self.outcomes_where("o.document = (SELECT id FROM documents WHERE key = ?1)", &stored.key)
    }

    /// The records that gave no document, by input and place.
    pub fn rejections(&self) -> Result<Vec<Outcome>> {
        self.outcomes_where("o.outcome = ?1", "rejected")
    }

    fn outcomes_where(&self, condition: &str, value: &str) -> Result<Vec<Outcome>> {
        self.sql(|c| {
            c.prepare_cached(&format!(
                "SELECT i.name, o.ordinal, o.line, o.offset, o.hash, o.reason
                 FROM outcomes o JOIN inputs i ON i.id = o.input WHERE {condition} ORDER BY i.name, o.ordinal"
            ))?
            .query_map(params![value], |row| {
                Ok(Outcome {
                    input: row.get(0)?,
                    ordinal: row.get(1)?,
                    line: row.get(2)?,
                    offset: row.get(3)?,
                    hash: row.get(4)?,
                    reason: row.get(5)?,
                })
            })?
            .collect()
        })
    }
}

impl Stored {
    /// The report as it came, linked to nothing.
    pub fn into_report(self) -> Report {
        let mut record = self.record;
        for event in &mut record.events {
            event.same_as = None;
        }
        Report::new(self.text, self.presplit, self.coded, record)
    }
}
