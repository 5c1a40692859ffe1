//! Counts of events by nine properties, each over the events that the choices in the other eight leave.

use std::collections::BTreeMap;

use super::months::Days;
use super::tally::Tallies;
use super::{Columns, Packed, RowSet, Selection};

/// Properties that events can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// PLOVER type.
    Type,
    /// Quad class, "1" to "4".
    Quad,
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
    /// How many values each facet has; more than are listed, where only some were asked for.
    pub distinct: BTreeMap<Facet, usize>,
    /// Events and their mean PLOVER score by month ("2019-02"), in order; those without a day are left out.
    pub months: Vec<(String, u64, f64)>,
}

/// What a selection means: its counts and its rows.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Counts.
    pub facets: Facets,
    /// Rows of its events in the store's table.
    pub rows: RowSet,
}

impl Facet {
    /// All facets, with their names.
    pub const ALL: [(Facet, &'static str); 9] = [
        (Facet::Type, "type"),
        (Facet::Quad, "quad"),
        (Facet::Status, "status"),
        (Facet::Actor, "actor"),
        (Facet::Recipient, "recipient"),
        (Facet::Dyad, "dyad"),
        (Facet::Speaker, "speaker"),
        (Facet::Publisher, "publisher"),
        (Facet::Place, "place"),
    ];

    /// The bit that says a choice in this facet leaves an event out.
    pub(super) fn bit(self) -> u16 {
        1 << (self as u8)
    }
}

impl Columns {
    /// Counts the events of a selection: one pass over the events, then one over the dictionaries.
    pub fn facets(&self, selection: &Selection) -> Facets {
        self.counted(selection, usize::MAX).facets
    }

    /// Counts of all events.
    pub fn all(&self) -> &Facets {
        self.all.get_or_init(|| self.facets(&Selection::default()))
    }

    /// Counts the events of a selection and tells their rows. Of each facet the `most` frequent values are listed, and those
    /// that are chosen.
    pub fn counted(&self, selection: &Selection, most: usize) -> Counted {
        let mut tallies = Tallies::of(self);
        let mut days = Days::within(self.days);
        let mut rows = RowSet::up_to(self.ids.last().copied().unwrap_or(0));
        let mut events = 0;
        // What one choice alone leaves out counts in its own facet, which then has the counts of all events: they are known.
        let alone = selection.alone();
        let mut meant = |tallies: &mut Tallies, event: Packed, row| {
            events += 1;
            days.take(event.day, event.score);
            rows.insert(row);
            tallies.take(event);
        };
        match alone {
            Some(_) => self.each_meant(selection, |event, row| meant(&mut tallies, event, row)),
            None => self.each_nearly_meant(selection, |event, left_out, row| match left_out {
                0 => meant(&mut tallies, event, row),
                _ => tallies.take_left_out(event, left_out),
            }),
        }
        let (mut counts, mut distinct) = tallies.fold(self, selection, most);
        if let Some(facet) = alone {
            let all = self.all().counts.get(&facet).map_or(&[][..], Vec::as_slice);
            let is_chosen = |count: &&Count| selection.values.get(&facet).is_some_and(|v| v.contains(&count.value));
            let listed = all.iter().take(most).chain(all.iter().skip(most).filter(is_chosen));
            counts.insert(facet, listed.cloned().collect());
            distinct.insert(facet, all.len());
        }
        Counted { facets: Facets { events, counts, distinct, months: days.by_month() }, rows }
    }
}
