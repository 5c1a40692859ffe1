//! Which events tell of the same act, so that counts can count acts rather than mentions.
//!
//! An act is told again within a report ("Mali shelled the town … the shelling"), and by other reports of the same
//! days. [`link`] writes into each later mention which event told of the act first; every mention stays. Within a report
//! a mention may leave out what an earlier one says; across reports both sides must be told and be the same, as in the
//! one-a-day filter of event data (Schrodt and Van Brackle 2013), with mode, place and day not at odds.

mod act;

pub use act::NEWS_DAYS;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{EventId, Record};
use act::Act;

/// Days by which two reports of one act may lie apart where the text does not date the act, unless the caller says
/// otherwise: the next morning's paper still tells of it.
pub const SAME_ACT_DAYS: u16 = 1;

/// How far mentions are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Within each document alone.
    Document,
    /// Across documents as well, published at most this many days apart.
    Days(u16),
}

/// How much was linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events looked at.
    pub mentions: usize,
    /// Acts they tell of.
    pub acts: usize,
}

/// Sets `same_as` of every event of `records` anew: to the first event that tells of the same act, by day of
/// publication, then document identifier, then order of the text; to nothing for that first one.
///
/// Records may stand in any order; their order is kept. Records without a day of publication are linked within
/// themselves only.
pub fn link(records: &mut [Record], reach: Reach) -> Counts {
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|&i| records.get(i).map(|r| (r.published.is_none(), r.published, r.id.clone())));
    let mut linker = Linker::new(reach);
    for i in order {
        if let Some(record) = records.get_mut(i) {
            linker.link(record);
        }
    }
    linker.counts
}

/// Links records that come one by one, in the order of their days and then identifiers, those without a day last.
#[derive(Debug)]
pub struct Linker {
    reach: Reach,
    known: Known,
    counts: Counts,
}

impl Linker {
    /// One that knows of no act yet.
    pub fn new(reach: Reach) -> Self {
        Linker { reach, known: Known::default(), counts: Counts::default() }
    }

    /// How much was linked so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Sets `same_as` of every event of the next record.
    pub fn link(&mut self, record: &mut Record) {
        let mut acts = within(record);
        self.counts.mentions += record.events.len();
        let (Reach::Days(days), Some(day)) = (self.reach, record.published) else {
            self.counts.acts += acts.len();
            return;
        };
        self.known.forget_before(day, days);
        for act in &mut acts {
            act.told_on(day, days);
            if let Some(first) = self.known.first_of(act) {
                rename(record, &act.id, &first);
            } else {
                self.counts.acts += 1;
                self.known.keep(act.clone());
            }
        }
    }

    /// Takes note of a record that was linked before: later records may tell of the acts that it was the first to tell of.
    pub fn remember(&mut self, record: &Record) {
        let (Reach::Days(days), Some(day)) = (self.reach, record.published) else { return };
        let firsts: Vec<&EventId> = record.events.iter().filter(|e| e.same_as.is_none()).map(|e| &e.id).collect();
        for mut act in within(&mut record.clone()) {
            if firsts.contains(&&act.id) {
                act.told_on(day, days);
                self.known.keep(act);
            }
        }
    }
}

/// Links the events of one record; gives the acts they tell of, in the order in which they are first told.
fn within(record: &mut Record) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for event in &mut record.events {
        event.same_as = None;
        let mention = Act::of(event);
        let best = acts
            .iter_mut()
            .filter_map(|a| Some((a.likeness(&mention)?, a)))
            .max_by_key(|(likeness, a)| (*likeness, a.last));
        match best {
            Some((_, act)) => {
                event.same_as = Some(act.id.clone());
                act.learn(&mention);
            }
            None => acts.push(mention),
        }
    }
    acts
}

/// What told of act `old` tells of act `first`, which another report told of before.
fn rename(record: &mut Record, old: &EventId, first: &EventId) {
    for event in &mut record.events {
        if event.id == *old || event.same_as.as_ref() == Some(old) {
            event.same_as = Some(first.clone());
        }
    }
}

/// Acts of earlier reports, by what must be the same: type and parties.
#[derive(Debug, Default)]
struct Known {
    acts: BTreeMap<act::Key, Vec<Act>>,
    /// Day on which old acts were last dropped.
    swept: Option<Date>,
}

impl Known {
    fn first_of(&self, act: &Act) -> Option<EventId> {
        let same = self.acts.get(&act.key()?)?.iter().find(|k| k.agrees(act))?;
        Some(same.id.clone())
    }

    fn keep(&mut self, act: Act) {
        if let Some(key) = act.key() {
            self.acts.entry(key).or_default().push(act);
        }
    }

    /// Drops what no report of `day` or later can tell again, once a day, so that a long archive does not pile up.
    fn forget_before(&mut self, day: Date, days: u16) {
        if self.swept == Some(day) {
            return;
        }
        self.swept = Some(day);
        self.acts.retain(|_, acts| {
            acts.retain(|a| a.may_recur(day, days));
            !acts.is_empty()
        });
    }
}
