//! What long work says of itself: for people on a terminal, or as JSON lines for programs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};

use readout_sources::Rejection;
use readout_store::{Added, Arrival};
use serde_json::json;

use crate::input;
use crate::progress::{Pace, Progress, share};
use crate::view::table::counted;

/// Rejections that are told one by one; the rest are counted by their reason.
const TOLD: usize = 20;

/// Kinds of reasons that a summary names.
const REASONS: usize = 8;

/// Writes to standard error.
pub(crate) struct Log {
    json: bool,
    quiet: bool,
    progress: Option<Progress>,
    pace: Pace,
    /// Bytes of the input in all, where they are known and somebody wants to know.
    all: Option<u64>,
    told: usize,
    /// Rejections that were not told one by one, by reason.
    untold: BTreeMap<String, usize>,
}

impl Log {
    /// One that writes JSON lines or for people; `quiet` leaves progress and summary out. `all` tells how many bytes the
    /// input has; it is asked only where progress is shown.
    pub(crate) fn new(json: bool, quiet: bool, all: impl FnOnce() -> Option<u64>) -> Self {
        let progress = (!json && !quiet && io::stderr().is_terminal()).then(Progress::new);
        let all = if progress.is_some() || (json && !quiet) { all() } else { None };
        Log { json, quiet, progress, pace: Pace::new(), all, told: 0, untold: BTreeMap::new() }
    }

    /// Tells that a record gave no document.
    pub(crate) fn rejected(&mut self, arrival: &Arrival, reason: &str, rejection: Option<&Rejection>) {
        if self.json {
            let line = json!({"event": "rejected", "input": arrival.input, "line": arrival.line,
                "offset": arrival.offset, "reason": reason, "hint": rejection.map(Rejection::hint)});
            eprintln!("{line}");
            return;
        }
        let expected = rejection.and_then(|rejection| rejection.reason.expected());
        if self.told == TOLD || expected.is_some() {
            let reason = expected.unwrap_or(reason);
            *self.untold.entry(reason.to_owned()).or_default() += 1;
            return;
        }
        self.told += 1;
        if let Some(p) = &mut self.progress {
            p.clear();
        }
        match rejection {
            Some(rejection) => eprintln!("readout: {}", input::message(rejection)),
            None => eprintln!("readout: {}: {reason}; please report it with the text", arrival.input),
        }
    }

    /// Tells how far the work is: what was added, and the bytes of the input that were read for it.
    pub(crate) fn progress(&mut self, added: Added, read: u64) {
        let share = share(read, self.all);
        if self.json && !self.quiet {
            let left = share.and_then(|share| self.pace.left(share)).map(f64::round);
            let mut line = numbers("progress", added);
            if let Some(fields) = line.as_object_mut() {
                fields.insert("share".to_owned(), share.map(|share| (share * 1e4).floor() / 1e4).into());
                fields.insert("seconds_left".to_owned(), left.map(|left| left as u64).into());
            }
            eprintln!("{line}");
        } else if let Some(p) = &mut self.progress {
            p.show(added.documents + added.again, added.events, share);
        }
    }

    /// Tells what was done.
    pub(crate) fn finish(mut self, added: Added, linked: usize) {
        if let Some(p) = &mut self.progress {
            p.clear();
        }
        let mut reasons: Vec<(&String, &usize)> = self.untold.iter().collect();
        reasons.sort_by_key(|(reason, n)| (std::cmp::Reverse(**n), (*reason).clone()));
        for (reason, n) in reasons.iter().take(REASONS) {
            eprintln!("readout: {n} rejected without a message: {reason}");
        }
        if reasons.len() > REASONS {
            eprintln!(
                "readout: and for {} other reasons; the store's table `outcomes` has them all",
                reasons.len() - REASONS
            );
        }
        if self.quiet {
            return;
        }
        if self.json {
            let mut line = numbers("done", added);
            if let Some(fields) = line.as_object_mut() {
                fields.insert("linked".to_owned(), linked.into());
            }
            eprintln!("{line}");
            return;
        }
        if added == Added::default() {
            eprintln!("readout: nothing to add: the input holds no record");
            return;
        }
        let (documents, events) = (counted(added.documents, "document"), counted(added.events, "event"));
        eprintln!(
            "readout: added {documents} with {events}; {} were there already, {} rejected",
            added.again, added.rejected
        );
    }
}

fn numbers(event: &str, added: Added) -> serde_json::Value {
    json!({"event": event, "documents": added.documents, "events": added.events, "again": added.again,
        "rejected": added.rejected})
}
