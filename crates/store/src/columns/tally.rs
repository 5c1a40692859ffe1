//! How often each number was seen, by facet.

use std::collections::{BTreeMap, BTreeSet};

use super::facets::{Count, Facet};
use super::{Columns, Packed, Selection};

/// Facets that are told by the kind of event.
pub(super) const OF_KIND: [Facet; 3] = [Facet::Type, Facet::Quad, Facet::Status];

/// Facets that are told by the pair of sides; they lie side by side, so that one event touches one place in memory.
pub(super) const OF_SIDES: [Facet; 3] = [Facet::Actor, Facet::Recipient, Facet::Dyad];

/// How often each number was seen.
pub(super) struct Tallies {
    /// Type, quad class, status.
    kinds: Vec<[u32; 3]>,
    sides: Vec<[u32; 3]>,
    speakers: Vec<u32>,
    publishers: Vec<u32>,
    places: Vec<u32>,
}

impl Tallies {
    pub(super) fn of(c: &Columns) -> Tallies {
        let [speakers, publishers, places] = [&c.speakers, &c.publishers, &c.places].map(|n| vec![0; n.values().len()]);
        let kinds = vec![[0; 3]; c.kinds.values().len()];
        Tallies { kinds, sides: vec![[0; 3]; c.sides.len()], speakers, publishers, places }
    }

    /// Counts an event in each facet.
    pub(super) fn take(&mut self, event: Packed) {
        for facet in [Facet::Speaker, Facet::Publisher, Facet::Place] {
            self.one(event, facet);
        }
        for (all, at) in [(&mut self.kinds, event.kind.into()), (&mut self.sides, event.pair())] {
            all.get_mut(at).into_iter().flatten().for_each(|n| *n += 1);
        }
    }

    /// Counts an event in the facet of this bit, whose choice alone leaves it out.
    pub(super) fn take_left_out(&mut self, event: Packed, bit: u16) {
        let in_three = |all: &mut [[u32; 3]], at: usize, facets: [Facet; 3]| {
            let place = facets.iter().position(|facet| facet.bit() == bit);
            if let Some(n) = place.and_then(|place| all.get_mut(at)?.get_mut(place)) {
                *n += 1;
            }
        };
        in_three(&mut self.kinds, event.kind.into(), OF_KIND);
        in_three(&mut self.sides, event.pair(), OF_SIDES);
        for facet in [Facet::Speaker, Facet::Publisher, Facet::Place] {
            if facet.bit() == bit {
                self.one(event, facet);
            }
        }
    }

    /// Counts an event in a facet that has a field of its own.
    fn one(&mut self, event: Packed, facet: Facet) {
        let n = match facet {
            Facet::Speaker => self.speakers.get_mut(usize::from(event.speaker)),
            Facet::Publisher => self.publishers.get_mut(usize::from(event.publisher)),
            Facet::Place => self.places.get_mut(usize::from(event.place)),
            _ => None,
        };
        if let Some(n) = n {
            *n += 1;
        }
    }

    /// The counts by value, the most frequent first: `most` of each facet and those that are chosen; and how many there are.
    pub(super) fn fold(&self, c: &Columns, selection: &Selection, most: usize) -> (Counts, Distinct) {
        let (mut counts, mut distinct) = (Counts::new(), Distinct::new());
        let mut put = |facet: Facet, all: Vec<(&str, u64)>| {
            let seen: Vec<(&str, u64)> = all.into_iter().filter(|(_, n)| *n > 0).collect();
            distinct.insert(facet, seen.len());
            counts.insert(facet, first(seen, most, selection.values.get(&facet)));
        };
        let plain = [
            (Facet::Speaker, c.speakers.values(), &self.speakers),
            (Facet::Publisher, c.publishers.values(), &self.publishers),
            (Facet::Place, c.places.values(), &self.places),
        ];
        for (facet, names, tally) in plain {
            put(facet, names.iter().map(String::as_str).zip(tally.iter().map(|n| u64::from(*n))).collect());
        }
        let quads: Vec<String> = c.kinds.values().iter().map(|(_, quad, _)| quad.to_string()).collect();
        let kinds = || c.kinds.values().iter().zip(&self.kinds);
        put(Facet::Type, summed(kinds().map(|((kind, ..), [n, ..])| (kind.as_str(), *n))));
        put(Facet::Quad, summed(quads.iter().zip(&self.kinds).map(|(quad, [_, n, _])| (quad.as_str(), *n))));
        put(Facet::Status, summed(kinds().map(|((.., status), [.., n])| (status.as_str(), *n))));
        for ((facet, names), sums) in c.sides.names().into_iter().zip(self.sides(c)) {
            put(facet, names.iter().map(String::as_str).zip(sums).collect());
        }
        (counts, distinct)
    }

    /// Events by actor, by recipient and by dyad.
    fn sides(&self, c: &Columns) -> [Vec<u64>; 3] {
        let mut sums = c.sides.names().map(|(_, names)| vec![0_u64; names.len()]);
        for (lists, tally) in c.sides.each().zip(&self.sides).filter(|(_, tally)| **tally != [0; 3]) {
            for ((sums, list), n) in sums.iter_mut().zip(lists).zip(tally) {
                for number in list {
                    if let Some(sum) = sums.get_mut(*number as usize) {
                        *sum += u64::from(*n);
                    }
                }
            }
        }
        sums
    }
}

/// Counts by facet and value.
type Counts = BTreeMap<Facet, Vec<Count>>;
/// How many values each facet has.
type Distinct = BTreeMap<Facet, usize>;

/// Sums the counts of values that come more than once.
fn summed<'n>(counts: impl Iterator<Item = (&'n str, u32)>) -> Vec<(&'n str, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (value, n) in counts {
        *sums.entry(value).or_default() += u64::from(n);
    }
    sums.into_iter().collect()
}

/// The `most` frequent values, the most frequent first, then those among the others that are chosen. Only what is listed is
/// sorted and copied.
fn first(mut all: Vec<(&str, u64)>, most: usize, chosen: Option<&BTreeSet<String>>) -> Vec<Count> {
    let before = |a: &(&str, u64), b: &(&str, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
    let mut others = Vec::new();
    if most < all.len() {
        all.select_nth_unstable_by(most, before);
        others = all.split_off(most);
        others.retain(|(value, _)| chosen.is_some_and(|chosen| chosen.contains(*value)));
        others.sort_unstable_by(before);
    }
    all.sort_unstable_by(before);
    all.into_iter().chain(others).map(|(value, events)| Count { value: value.to_owned(), events }).collect()
}
