//! Which events are meant, and by which of its choices an event is left out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::facets::Facet;
use super::months::day_number;
use super::tally::{OF_KIND, OF_SIDES};
use super::{Columns, Packed, Spot};

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

/// For each number of each dictionary the bits of the facets whose choices leave it out; nothing for a dictionary of whose
/// facets nothing is chosen.
struct Masks {
    kind: Vec<u16>,
    pair: Vec<u16>,
    speaker: Vec<u16>,
    publisher: Vec<u16>,
    place: Vec<u16>,
    spot: Vec<u16>,
}

/// The bit that says the choice of places leaves an event out: it is no facet's.
const SPOT: u16 = 1 << 15;

impl Columns {
    /// The events within the days and rows of a selection, the facets whose choices leave each out, and its row.
    pub(super) fn chosen<'s>(&'s self, selection: &'s Selection) -> impl Iterator<Item = (Packed, u16, u32)> + use<'s> {
        let masks = Masks::of(self, selection);
        let days = day_number(selection.from).unwrap_or(0)..=day_number(selection.to).unwrap_or(u16::MAX);
        // All events, or those of the rows that were given: one of the two is there.
        let all = selection.only.is_none().then_some(0..self.events.len());
        let some = selection.only.as_ref().map(|rows| rows.iter().filter_map(|row| self.position(*row)));
        let positions = all.into_iter().flatten().chain(some.into_iter().flatten());
        positions.filter_map(move |at| {
            let (event, row) = (self.events.get(at)?, self.ids.get(at)?);
            days.contains(&event.day).then(|| (*event, masks.left_out(*event), *row))
        })
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
        let plain = |facet: Facet, names: &[String]| -> Vec<u16> {
            if asks(&[facet]) { names.iter().map(|name| out(facet, name)).collect() } else { Vec::new() }
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
        let is_left_out = |spot: &Option<Spot>| {
            !selection.spots.is_empty() && !spot.is_some_and(|spot| selection.spots.contains(&spot))
        };
        let spot = |spot: &Option<Spot>| if is_left_out(spot) { SPOT } else { 0 };
        Masks {
            kind: if asks(&OF_KIND) { columns.kinds.values().iter().map(kind).collect() } else { Vec::new() },
            pair: if asks(&OF_SIDES) { columns.sides.each().map(pair).collect() } else { Vec::new() },
            speaker: plain(Facet::Speaker, columns.speakers.values()),
            publisher: plain(Facet::Publisher, columns.publishers.values()),
            place: plain(Facet::Place, columns.places.values()),
            spot: columns.spots.numbers.values().iter().map(spot).collect(),
        }
    }

    fn left_out(&self, event: Packed) -> u16 {
        let get = |bits: &[u16], at: usize| bits.get(at).copied().unwrap_or(0);
        get(&self.kind, event.kind.into())
            | get(&self.pair, event.pair())
            | get(&self.speaker, event.speaker.into())
            | get(&self.publisher, event.publisher.into())
            | get(&self.place, event.place.into())
            | get(&self.spot, event.spot.into())
    }
}
