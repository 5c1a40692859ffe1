//! Counts of events by eight properties, each over the events that the choices in the other seven leave.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Columns;
use super::tally::{Masks, Tallies, by_month, day_number};

/// Properties that events can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// PLOVER type.
    Type,
    /// Status.
    Status,
    /// Code of an actor.
    Actor,
    /// Code of a recipient.
    Recipient,
    /// Countries of an actor and a recipient ("IRN-USA").
    Dyad,
    /// Code of the innermost speaker, "" for the narrator.
    Speaker,
    /// Publisher.
    Publisher,
    /// Country where it happened.
    Place,
}

/// What is chosen: of each facet some values, and a stretch of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Values by facet; a facet without any leaves all.
    pub values: BTreeMap<Facet, BTreeSet<String>>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A value and how many events have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Events.
    pub events: u64,
}

/// Counts for a selection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// Events that the whole selection means.
    pub events: u64,
    /// The values of each facet, the most frequent first.
    pub counts: BTreeMap<Facet, Vec<Count>>,
    /// Events and their mean PLOVER score by month ("2019-02"), in order; those without a day are left out.
    pub months: Vec<(String, u64, f64)>,
}

impl Facet {
    /// All facets, with their names.
    pub const ALL: [(Facet, &'static str); 8] = [
        (Facet::Type, "type"),
        (Facet::Status, "status"),
        (Facet::Actor, "actor"),
        (Facet::Recipient, "recipient"),
        (Facet::Dyad, "dyad"),
        (Facet::Speaker, "speaker"),
        (Facet::Publisher, "publisher"),
        (Facet::Place, "place"),
    ];

    /// The bit that says a choice in this facet leaves an event out.
    pub(super) fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

impl Columns {
    /// Counts the events of a selection: one pass over the events, then one over the dictionaries.
    pub fn facets(&self, selection: &Selection) -> Facets {
        let masks = Masks::of(self, selection);
        let mut tallies = Tallies::of(self);
        let mut events = 0;
        let mut days = vec![(0_u64, 0_i64); usize::from(u16::MAX) + 1];
        let first = day_number(selection.from).unwrap_or(0);
        let last = day_number(selection.to).unwrap_or(u16::MAX);
        for event in &self.events {
            if event.day < first || event.day > last {
                continue;
            }
            let left_out = masks.left_out(*event);
            if left_out == 0 {
                events += 1;
                if let Some((n, sum)) = days.get_mut(usize::from(event.day)) {
                    *n += 1;
                    *sum += i64::from(event.score);
                }
            }
            tallies.take(*event, left_out);
        }
        Facets { events, counts: tallies.fold(self), months: by_month(&days) }
    }
}
