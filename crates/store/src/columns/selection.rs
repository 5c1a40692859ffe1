//! Which events are meant, and by which of its choices an event is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;

use super::events::{Events, Packed, part};
use super::facets::Facet;
use super::months::day_number;
use super::tally::{OF_KIND, OF_SIDES};
use super::{Columns, Spot};

/// What is chosen: of each facet some values, a stretch of days, and perhaps certain rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Values by facet; a facet without any leaves all.
    pub values: BTreeMap<Facet, BTreeSet<String>>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Places on the map; none leaves all.
    pub spots: BTreeSet<Spot>,
    /// Only events of these rows of the store's table, ascending (the matches of a search in full text).
    pub only: Option<Vec<u32>>,
}

impl Selection {
    /// The one facet in which something is chosen, where nothing else is asked.
    pub(super) fn alone(&self) -> Option<Facet> {
        let is_all = self.from.is_none() && self.to.is_none() && self.spots.is_empty() && self.only.is_none();
        let mut chosen = self.values.iter().filter(|(_, values)| !values.is_empty()).map(|(facet, _)| *facet);
        chosen.next().filter(|_| is_all && chosen.next().is_none())
    }
}

/// For each number of each dictionary the bits of the facets whose choices leave it out; `None` for a dictionary of whose
/// facets nothing is chosen, which then costs nothing.
struct Masks {
    kind: Option<Vec<u16>>,
    pair: Option<Vec<u16>>,
    speaker: Option<Vec<u16>>,
    publisher: Option<Vec<u16>>,
    place: Option<Vec<u16>>,
    spot: Option<Vec<u16>>,
    /// The days, where not all are meant.
    days: Option<RangeInclusive<u16>>,
}

/// The bit that says the choice of places leaves an event out: it is no facet's.
const SPOT: u16 = 1 << 15;

/// The bits of an event outside the days: it counts nowhere.
const ELSEWHEN: u16 = u16::MAX;

/// Events that are looked at together.
const BLOCK: usize = 2048;

impl Columns {
    /// Hands over the events that a selection means, each with its row.
    pub(super) fn each_meant(&self, selection: &Selection, mut take: impl FnMut(Packed, u32)) {
        self.each(selection, |out| out == 0, |event, _, row| take(event, row));
    }

    /// Hands over the events that a selection means, and those that the choice in one facet alone leaves out, with its bit.
    pub(super) fn each_nearly_meant(&self, selection: &Selection, take: impl FnMut(Packed, u16, u32)) {
        self.each(selection, |out| out & out.wrapping_sub(1) == 0, take);
    }

    /// Hands over the events of which `is_wanted` holds, given the bits of what leaves them out.
    fn each(&self, selection: &Selection, is_wanted: impl Fn(u16) -> bool, mut take: impl FnMut(Packed, u16, u32)) {
        let masks = Masks::of(self, selection);
        let mut bits = [0; BLOCK];
        let mut block = |at: Range<usize>| {
            let bits = bits.get_mut(..at.len()).unwrap_or_default();
            bits.fill(0);
            masks.mark(&self.events, &at, bits);
            for (at, out) in at.zip(&*bits).filter(|(_, out)| is_wanted(**out)) {
                if let (Some(event), Some(row)) = (self.events.get(at), self.ids.get(at)) {
                    take(event, *out, *row);
                }
            }
        };
        match &selection.only {
            None => (0..self.len()).step_by(BLOCK).for_each(|at| block(at..self.len().min(at + BLOCK))),
            Some(rows) => rows.iter().filter_map(|row| self.position(*row)).for_each(|at| block(at..at + 1)),
        }
    }
}

impl Masks {
    fn of(columns: &Columns, selection: &Selection) -> Masks {
        let chosen = |facet: Facet| selection.values.get(&facet).filter(|values| !values.is_empty());
        let out = |facet: Facet, value: &str| match chosen(facet) {
            Some(values) if !values.contains(value) => facet.bit(),
            _ => 0,
        };
        let asks = |facets: &[Facet]| facets.iter().any(|facet| chosen(*facet).is_some());
        let plain = |facet: Facet, names: &[String]| -> Option<Vec<u16>> {
            asks(&[facet]).then(|| names.iter().map(|name| out(facet, name)).collect())
        };
        let kind = |(kind, quad, status): &super::Kind| {
            out(Facet::Type, kind) | out(Facet::Quad, &quad.to_string()) | out(Facet::Status, status)
        };
        // One of several codes is enough.
        let sides = columns.sides.names().map(|(facet, names)| {
            let is_chosen = |values: &BTreeSet<String>| names.iter().map(|name| values.contains(name)).collect();
            (facet.bit(), chosen(facet).map(is_chosen))
        });
        let pair = |lists: [&[u32]; 3]| {
            let mut bits = 0;
            for (list, (bit, chosen)) in lists.into_iter().zip(&sides) {
                let chosen: Option<&Vec<bool>> = chosen.as_ref();
                let has = |is: &Vec<bool>| list.iter().any(|n| is.get(*n as usize).copied().unwrap_or(false));
                bits |= if chosen.is_some_and(|is| !has(is)) { *bit } else { 0 };
            }
            bits
        };
        let is_meant = |spot: &Option<Spot>| spot.is_some_and(|spot| selection.spots.contains(&spot));
        let spot = |spot: &Option<Spot>| if is_meant(spot) { 0 } else { SPOT };
        let is_all_days = selection.from.is_none() && selection.to.is_none();
        let days = day_number(selection.from).unwrap_or(0)..=day_number(selection.to).unwrap_or(u16::MAX);
        Masks {
            days: (!is_all_days).then_some(days),
            kind: asks(&OF_KIND).then(|| columns.kinds.values().iter().map(kind).collect()),
            pair: asks(&OF_SIDES).then(|| columns.sides.each().map(pair).collect()),
            speaker: plain(Facet::Speaker, columns.speakers.values()),
            publisher: plain(Facet::Publisher, columns.publishers.values()),
            place: plain(Facet::Place, columns.places.values()),
            spot: (!selection.spots.is_empty()).then(|| columns.spots.numbers.values().iter().map(spot).collect()),
        }
    }

    /// Puts the bits of what leaves out the events at some places to those that are there.
    fn mark(&self, events: &Events, at: &Range<usize>, bits: &mut [u16]) {
        put(bits, &self.kind, part(&events.kind, at));
        put(bits, &self.speaker, part(&events.speaker, at));
        put(bits, &self.publisher, part(&events.publisher, at));
        put(bits, &self.place, part(&events.place, at));
        put(bits, &self.spot, part(&events.spot, at));
        put(bits, &self.pair, part(&events.pair, at));
        if let Some(days) = &self.days {
            let outside = events.day.get(at.clone()).unwrap_or_default().iter().map(|day| !days.contains(day));
            bits.iter_mut().zip(outside).filter(|(_, outside)| *outside).for_each(|(bits, _)| *bits = ELSEWHEN);
        }
    }
}

/// Adds to each event's bits those that its number has in a mask, where there is one.
fn put(bits: &mut [u16], mask: &Option<Vec<u16>>, numbers: impl Iterator<Item = usize>) {
    if let Some(mask) = mask {
        bits.iter_mut().zip(numbers).for_each(|(bits, number)| *bits |= mask.get(number).copied().unwrap_or(0));
    }
}
