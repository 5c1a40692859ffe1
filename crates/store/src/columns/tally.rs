//! How often each number was seen, by facet.

use std::collections::{BTreeMap, HashMap};

use super::facets::{Count, Facet};
use super::{Columns, Packed};

/// Facets that are told by the pair of sides; they lie side by side, so that one event touches one place in memory.
const OF_SIDES: [Facet; 3] = [Facet::Actor, Facet::Recipient, Facet::Dyad];

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

    /// Counts an event in each facet whose own choice alone may leave it out.
    pub(super) fn take(&mut self, event: Packed, left_out: u16) {
        let counts = |facet: Facet| u32::from(left_out & !facet.bit() == 0);
        let add = |tally: &mut [u32], at: usize, facet: Facet| {
            if let Some(n) = tally.get_mut(at) {
                *n += counts(facet);
            }
        };
        let add_three = |tally: &mut [[u32; 3]], at: usize, facets: [Facet; 3]| {
            for (n, facet) in tally.get_mut(at).into_iter().flatten().zip(facets) {
                *n += counts(facet);
            }
        };
        add_three(&mut self.kinds, event.kind.into(), [Facet::Type, Facet::Quad, Facet::Status]);
        add_three(&mut self.sides, event.pair(), OF_SIDES);
        add(&mut self.speakers, event.speaker.into(), Facet::Speaker);
        add(&mut self.publishers, event.publisher.into(), Facet::Publisher);
        add(&mut self.places, event.place.into(), Facet::Place);
    }

    /// The counts by value, the most frequent first.
    pub(super) fn fold(&self, c: &Columns) -> BTreeMap<Facet, Vec<Count>> {
        let mut counts = BTreeMap::new();
        let names = [&c.speakers, &c.publishers, &c.places].map(|names| names.values().iter().cloned());
        let tallies = [&self.speakers, &self.publishers, &self.places];
        for ((facet, names), tally) in [Facet::Speaker, Facet::Publisher, Facet::Place].into_iter().zip(names).zip(tallies) {
            counts.insert(facet, sorted(names.zip(tally.iter().map(|n| u64::from(*n)))));
        }
        let kinds = || c.kinds.values().iter().zip(&self.kinds);
        counts.insert(Facet::Type, summed(kinds().map(|((kind, ..), [n, ..])| (kind.clone(), *n))));
        counts.insert(Facet::Quad, summed(kinds().map(|((_, quad, _), [_, n, _])| (quad.to_string(), *n))));
        counts.insert(Facet::Status, summed(kinds().map(|((.., status), [.., n])| (status.clone(), *n))));
        let mut sums = c.sides.names().map(|(_, names)| vec![0_u64; names.len()]);
        for (lists, tally) in c.sides.each().zip(&self.sides) {
            for ((sums, list), n) in sums.iter_mut().zip(lists).zip(tally).filter(|(_, n)| **n > 0) {
                for number in list {
                    if let Some(sum) = sums.get_mut(*number as usize) {
                        *sum += u64::from(*n);
                    }
                }
            }
        }
        for ((facet, names), sums) in c.sides.names().into_iter().zip(sums) {
            counts.insert(facet, sorted(names.iter().cloned().zip(sums)));
        }
        counts
    }
}

/// Sums the counts of values that come more than once.
fn summed(counts: impl Iterator<Item = (String, u32)>) -> Vec<Count> {
    let mut sums: HashMap<String, u64> = HashMap::new();
    for (value, n) in counts {
        *sums.entry(value).or_default() += u64::from(n);
    }
    sorted(sums.into_iter())
}

fn sorted(counts: impl Iterator<Item = (String, u64)>) -> Vec<Count> {
    let mut counts: Vec<Count> =
        counts.filter(|(_, n)| *n > 0).map(|(value, events)| Count { value, events }).collect();
    counts.sort_unstable_by(|a, b| b.events.cmp(&a.events).then_with(|| a.value.cmp(&b.value)));
    counts
}
