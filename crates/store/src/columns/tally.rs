//! What a selection leaves out, and how often each number was seen.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::facets::{Count, Facet, Selection};
use super::{Columns, EPOCH, Packed};

/// For each number of each dictionary the bits of the facets whose choices leave it out.
pub(super) struct Masks {
    kind: Vec<u8>,
    pair: Vec<u8>,
    speaker: Vec<u8>,
    publisher: Vec<u8>,
    place: Vec<u8>,
}

impl Masks {
    pub(super) fn of(columns: &Columns, selection: &Selection) -> Masks {
        let out = |facet: Facet, mut has: &mut dyn Iterator<Item = String>| match selection.values.get(&facet) {
            Some(chosen) if !chosen.is_empty() && !Iterator::any(&mut has, |value| chosen.contains(&value)) => {
                facet.bit()
            }
            _ => 0,
        };
        let one = |facet: Facet, value: &String| out(facet, &mut std::iter::once(value.clone()));
        let plain = |facet: Facet, names: &[String]| names.iter().map(|name| one(facet, name)).collect();
        Masks {
            kind: columns
                .kinds
                .values()
                .iter()
                .map(|(kind, status)| one(Facet::Type, kind) | one(Facet::Status, status))
                .collect(),
            pair: columns
                .pairs
                .values()
                .iter()
                .map(|(actor, recipient)| {
                    out(Facet::Actor, &mut actor.iter().cloned())
                        | out(Facet::Recipient, &mut recipient.iter().cloned())
                        | out(Facet::Dyad, &mut dyads(actor, recipient).into_iter())
                })
                .collect(),
            speaker: plain(Facet::Speaker, columns.speakers.values()),
            publisher: plain(Facet::Publisher, columns.publishers.values()),
            place: plain(Facet::Place, columns.places.values()),
        }
    }

    /// The facets whose choices leave an event out.
    pub(super) fn left_out(&self, event: Packed) -> u8 {
        let get = |bits: &[u8], at: usize| bits.get(at).copied().unwrap_or(0);
        get(&self.kind, event.kind.into())
            | get(&self.pair, event.pair())
            | get(&self.speaker, event.speaker.into())
            | get(&self.publisher, event.publisher.into())
            | get(&self.place, event.place.into())
    }
}

/// How often each number was seen, by facet.
pub(super) struct Tallies {
    by: [Vec<u32>; 8],
}

impl Tallies {
    pub(super) fn of(c: &Columns) -> Tallies {
        let (kinds, pairs) = (c.kinds.values().len(), c.pairs.values().len());
        let [speakers, publishers, places] = [&c.speakers, &c.publishers, &c.places].map(|n| n.values().len());
        let sizes = [kinds, kinds, pairs, pairs, pairs, speakers, publishers, places];
        Tallies { by: sizes.map(|n| vec![0; n]) }
    }

    /// Counts an event in each facet whose own choice alone may leave it out.
    pub(super) fn take(&mut self, event: Packed, left_out: u8) {
        let (kind, pair) = (usize::from(event.kind), event.pair());
        let numbers = [kind, kind, pair, pair, pair, event.speaker.into(), event.publisher.into(), event.place.into()];
        for (bit, (tally, number)) in self.by.iter_mut().zip(numbers).enumerate() {
            if left_out & !(1 << bit) == 0
                && let Some(n) = tally.get_mut(number)
            {
                *n += 1;
            }
        }
    }

    /// The counts by value, the most frequent first.
    pub(super) fn fold(self, c: &Columns) -> BTreeMap<Facet, Vec<Count>> {
        let [types, statuses, actors, recipients, pairs, speakers, publishers, places] = self.by;
        let kinds = c.kinds.values();
        let sides = c.pairs.values();
        let plain = |names: &[String], tally: Vec<u32>| {
            sorted(names.iter().zip(tally).map(|(name, n)| (vec![name.clone()], n)))
        };
        BTreeMap::from([
            (Facet::Type, sorted(kinds.iter().zip(types).map(|((kind, _), n)| (vec![kind.clone()], n)))),
            (Facet::Status, sorted(kinds.iter().zip(statuses).map(|((_, status), n)| (vec![status.clone()], n)))),
            (Facet::Actor, sorted(sides.iter().zip(actors).map(|((actor, _), n)| (once(actor), n)))),
            (Facet::Recipient, sorted(sides.iter().zip(recipients).map(|((_, r), n)| (once(r), n)))),
            (Facet::Dyad, sorted(sides.iter().zip(pairs).map(|((a, r), n)| (dyads(a, r), n)))),
            (Facet::Speaker, plain(c.speakers.values(), speakers)),
            (Facet::Publisher, plain(c.publishers.values(), publishers)),
            (Facet::Place, plain(c.places.values(), places)),
        ])
    }
}

fn sorted(tally: impl Iterator<Item = (Vec<String>, u32)>) -> Vec<Count> {
    let mut sums: HashMap<String, u64> = HashMap::new();
    for (values, n) in tally.filter(|(_, n)| *n > 0) {
        for value in values {
            *sums.entry(value).or_default() += u64::from(n);
        }
    }
    let mut counts: Vec<Count> = sums.into_iter().map(|(value, events)| Count { value, events }).collect();
    counts.sort_unstable_by(|a, b| b.events.cmp(&a.events).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// Each code once: an event counts once for each.
fn once(codes: &[String]) -> Vec<String> {
    let mut codes = codes.to_vec();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The pairs of countries, "IRN-USA", of two lists of codes, each once; bodies and unknown countries have none.
fn dyads(actor: &[String], recipient: &[String]) -> Vec<String> {
    let countries = |codes: &[String]| -> Vec<String> { codes.iter().filter_map(|c| country(c)).collect() };
    let recipients = countries(recipient);
    let pairs = countries(actor).into_iter().flat_map(|a| recipients.iter().map(move |r| format!("{a}-{r}")));
    once(&pairs.collect::<Vec<_>>())
}

fn country(code: &str) -> Option<String> {
    readout_record::country_of(code).map(str::to_owned)
}

/// The number of a day.
pub(super) fn day_number(day: Option<Date>) -> Option<u16> {
    let since = date(1970, 1, 1).until(day?).ok()?.get_days();
    u16::try_from(i64::from(since) - EPOCH + 1).ok()
}

/// Events and mean scores by month, of counts and sums of tenths by day.
pub(super) fn by_month(days: &[(u64, i64)]) -> Vec<(String, u64, f64)> {
    let mut months: BTreeMap<(i16, i8), (u64, i64)> = BTreeMap::new();
    for (number, (n, sum)) in days.iter().enumerate().skip(1).filter(|(_, (n, _))| *n > 0) {
        let Ok(day) = date(1970, 1, 1).checked_add((number as i64 - 1 + EPOCH).days()) else { continue };
        let month = months.entry((day.year(), day.month())).or_default();
        month.0 += n;
        month.1 += sum;
    }
    let mean = |n: u64, sum: i64| (sum as f64 / 10.0 / n as f64 * 1000.0).round() / 1000.0;
    months.into_iter().map(|((year, month), (n, sum))| (format!("{year:04}-{month:02}"), n, mean(n, sum))).collect()
}
