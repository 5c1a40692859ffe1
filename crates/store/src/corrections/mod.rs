//! What people say of what was coded: an event is right, wrong, or right once amended; or one was missed.
//!
//! Corrections are kept apart from the store, in a file of lines of JSON beside it that is only ever added to: the coding
//! stays what the program made, and every correction stays readable, also after it was taken back by a later one. Each
//! names the report by its key and the act by its place in the text, not by its event alone: so they are found again
//! after the store was coded anew, when events have other identifiers.

mod gold;
mod ledger;

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ByteSpan, Event};
use serde::{Deserialize, Serialize};

pub use gold::Gold;
pub use ledger::{Ledger, LedgerError};

/// Name and version of what a line says.
pub const CORRECTIONS: &str = "readout-corrections/1";

/// One correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Always [`CORRECTIONS`].
    pub schema: String,
    /// When it was made, UTC, ISO 8601.
    pub at: String,
    /// Who made it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What it says.
    pub verdict: Verdict,
    /// Key of the report.
    pub report: String,
    /// The report's name.
    #[serde(default)]
    pub name: String,
    /// The sentence's number, from 0, and its words.
    pub sent: usize,
    /// The words of the sentence.
    #[serde(default)]
    pub sentence: String,
    /// Where the words stand that name the act: bytes of the report's text.
    pub span: ByteSpan,
    /// These words.
    pub trigger: String,
    /// The event as it was called when it was corrected.
    #[serde(default)]
    pub event: String,
    /// What was coded; nothing where the event was missed.
    pub coded: Codes,
    /// What it should be, where it is amended or was missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gold: Option<Codes>,
}

/// What a correction says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All of it is right.
    Right,
    /// There is no such event.
    Wrong,
    /// There is one, but not as it was coded.
    Amended,
    /// There is one that was not coded.
    Missed,
    /// What was said before no longer holds.
    Withdrawn,
}

/// What of an event can be amended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// Status.
    pub status: String,
    /// Codes of who acts.
    pub actor: Vec<String>,
    /// Codes of whom it reaches.
    pub recipient: Vec<String>,
    /// Codes of the speakers, innermost first.
    pub said_by: Vec<String>,
}

/// The corrections of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// All, in the order in which they were made.
    pub all: Vec<Correction>,
    /// Lines that could not be read, counted from 1.
    pub unreadable: Vec<usize>,
    by_report: BTreeMap<String, Vec<usize>>,
}

impl Verdict {
    /// All, with their names.
    pub const ALL: [(Verdict, &'static str); 5] = [
        (Verdict::Right, "right"),
        (Verdict::Wrong, "wrong"),
        (Verdict::Amended, "amended"),
        (Verdict::Missed, "missed"),
        (Verdict::Withdrawn, "withdrawn"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Verdict::ALL.iter().find(|(verdict, _)| *verdict == self).map_or("", |(_, name)| name)
    }
}

impl Codes {
    /// Those of an event.
    pub fn of(event: &Event) -> Codes {
        let codes = |parties: &[readout_record::Party]| parties.iter().map(|p| p.code.clone()).collect();
        Codes {
            kind: event.kind.clone(),
            mode: event.mode.clone(),
            status: event.status.name().to_owned(),
            actor: codes(&event.actor),
            recipient: codes(&event.recipient),
            said_by: event.said_by.iter().map(|s| s.code.clone()).collect(),
        }
    }
}

/// The corrections of a report that hold, and what they are of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed<'c> {
    /// For each of its events the one that holds for it.
    pub events: Vec<Option<&'c Correction>>,
    /// Events that were missed, and still are not coded.
    pub missed: Vec<&'c Correction>,
    /// Those whose event is gone.
    pub lost: Vec<&'c Correction>,
}

/// How well a correction fits an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its words and those of the correction overlap, and the type is the same.
    Near,
    /// The same words.
    Words,
    /// The same words and the same type.
    Same,
}

impl Correction {
    /// Whether it may be of an event. One of an event that was missed is of one of its type at its words alone: others of the
    /// same words were there when it was missed.
    pub fn fits(&self, event: &Event) -> bool {
        self.fit(event).is_some()
    }

    fn fit(&self, event: &Event) -> Option<Fit> {
        let is_kind = event.kind == self.coded.kind || self.gold.as_ref().is_some_and(|gold| gold.kind == event.kind);
        let ([a, b], [c, d]) = (self.span, event.span);
        match (event.span == self.span, is_kind) {
            (true, true) => Some(Fit::Same),
            (true, false) if self.verdict != Verdict::Missed => Some(Fit::Words),
            (false, true) if a < d && c < b => Some(Fit::Near),
            _ => None,
        }
    }

    /// What tells the act that it is about from others of its report: of the events that were missed its words do.
    fn act(&self) -> (ByteSpan, &str) {
        (self.span, &self.coded.kind)
    }
}

impl Corrections {
    fn new(all: Vec<Correction>, unreadable: Vec<usize>) -> Corrections {
        let mut by_report: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, correction) in all.iter().enumerate() {
            by_report.entry(correction.report.clone()).or_default().push(i);
        }
        Corrections { all, unreadable, by_report }
    }

    /// Keys of the reports that have any, in order.
    pub fn reports(&self) -> impl Iterator<Item = &str> {
        self.by_report.keys().map(String::as_str)
    }

    /// The corrections of a report that hold, each at its event.
    pub fn place<'c>(&'c self, report: &str, events: &[Event]) -> Placed<'c> {
        let mut placed: Vec<Option<&Correction>> = vec![None; events.len()];
        // Of each act the last one holds.
        let mut acts: BTreeMap<(ByteSpan, &str), &Correction> = BTreeMap::new();
        for correction in self.by_report.get(report).into_iter().flatten().filter_map(|i| self.all.get(*i)) {
            // What is corrected again may bear the type that it was amended to.
            let again = acts.iter().find(|(_, c)| {
                c.span == correction.span && c.gold.as_ref().is_some_and(|gold| gold.kind == correction.coded.kind)
            });
            let act = again.map_or(correction.act(), |(act, _)| *act);
            acts.insert(act, correction);
        }
        let mut open: Vec<&Correction> = acts.into_values().filter(|c| c.verdict != Verdict::Withdrawn).collect();
        for wanted in [Fit::Same, Fit::Words, Fit::Near] {
            let mut taken = BTreeSet::new();
            for (i, correction) in open.iter().enumerate() {
                let fits = |(event, place): (&Event, &Option<&Correction>)| {
                    place.is_none() && correction.fit(event) == Some(wanted)
                };
                if let Some(at) = events.iter().zip(&placed).position(fits)
                    && let Some(place) = placed.get_mut(at)
                {
                    *place = Some(correction);
                    taken.insert(i);
                }
            }
            let mut i = 0;
            open.retain(|_| {
                i += 1;
                !taken.contains(&(i - 1))
            });
        }
        let (missed, lost) = open.into_iter().partition(|c| c.verdict == Verdict::Missed);
        Placed { events: placed, missed, lost }
    }

    /// The corrections of an event's words, the first made first.
    pub fn history<'c>(&'c self, report: &str, span: ByteSpan) -> impl Iterator<Item = &'c Correction> {
        let of = self.by_report.get(report).into_iter().flatten().filter_map(|i| self.all.get(*i));
        of.filter(move |c| c.span == span)
    }
}
