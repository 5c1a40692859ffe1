//! What different voices tell of: the same type of act between the same two on the same days, and signs that they differ.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::{Columns, EPOCH, Selection};

/// Days by which events of one dispute may lie apart.
const NEAR_DAYS: u16 = 1;

/// Days within which a rejection answers an act.
const REPLY_DAYS: u16 = 3;

/// Marks the voices of publishers, and the parties of acts within a country.
const OTHER: u32 = 1 << 31;

/// Acts of one type between the same two within two days, as several voices tell them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// PLOVER type.
    pub kind: String,
    /// Quad class.
    pub quad: u8,
    /// Countries of who does it and of whom it reaches ("KEN-UGA").
    pub dyad: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Events.
    pub mentions: u64,
    /// Speakers, and publishers on their own word.
    pub voices: u64,
    /// Publishers.
    pub outlets: u64,
    /// Whether one tells it and another tells that it was not so.
    pub denied: bool,
    /// Whether the same is told of the other side, on the same days.
    pub turned: bool,
    /// Whether the other side rejects something within three days.
    pub answered: bool,
    /// Row of its first event.
    pub row: u32,
}

/// An event between two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    kind: u32,
    /// Number of the dyad; within a country that of the pair of sides, marked.
    who: u32,
    day: u16,
    row: u32,
    dyad: u32,
    voice: u32,
    publisher: u16,
    is_denial: bool,
}

impl Dispute {
    /// What it is listed by: its voices, and more for signs that they differ.
    fn weight(&self) -> u64 {
        self.voices + 3 * u64::from(self.denied) + 2 * u64::from(self.turned) + u64::from(self.answered)
    }
}

impl Columns {
    /// The acts of a selection that most voices tell of, those on which they differ before others; `most` of them.
    pub fn disputes(&self, selection: &Selection, most: usize) -> Vec<Dispute> {
        let kinds = self.kind_names();
        let mut told = self.told(selection, &kinds);
        told.sort_unstable();
        let runs: Vec<&[Told]> = runs(&told);
        let days = Days::of(&runs);
        let [_, _, (_, dyads)] = self.sides.names();
        let ids: HashMap<&str, u32> = dyads.iter().map(String::as_str).zip(0..).collect();
        let rejects = kinds.iter().position(|(kind, _)| kind == "REJECT").map(|n| n as u32);
        let mut all: Vec<Dispute> = Vec::new();
        for run in runs {
            let Some(first) = run.first() else { continue };
            let Some(((kind, quad), dyad)) = kinds.get(first.kind as usize).zip(dyads.get(first.dyad as usize)) else {
                continue;
            };
            let back =
                dyad.split_once('-').filter(|(a, b)| a != b).and_then(|(a, b)| ids.get(format!("{b}-{a}").as_str()));
            let is_back = |kind: Option<u32>, before: u16, after: u16| {
                kind.zip(back).is_some_and(|(kind, back)| {
                    days.has(kind, *back, first.day.saturating_sub(before), first.day.saturating_add(after))
                })
            };
            let dispute = Dispute {
                kind: kind.clone(),
                quad: *quad,
                dyad: dyad.clone(),
                first: day(first.day),
                last: day(run.last().unwrap_or(first).day),
                mentions: run.len() as u64,
                voices: distinct(run.iter().map(|t| t.voice)),
                outlets: distinct(run.iter().map(|t| u32::from(t.publisher))),
                denied: run.iter().any(|t| t.is_denial) && run.iter().any(|t| !t.is_denial),
                turned: *quad >= 3 && Some(first.kind) != rejects && is_back(Some(first.kind), NEAR_DAYS, NEAR_DAYS),
                answered: Some(first.kind) != rejects && is_back(rejects, 0, REPLY_DAYS),
                row: first.row,
            };
            if dispute.voices > 1 {
                all.push(dispute);
            }
        }
        let order =
            |d: &Dispute| (std::cmp::Reverse((d.weight(), d.mentions, d.first)), d.kind.clone(), d.dyad.clone(), d.row);
        all.sort_by_cached_key(order);
        all.truncate(most);
        all
    }

    /// Types with their classes, and for each kind (type, class and status) which of them it is of.
    fn kind_names(&self) -> Vec<(String, u8)> {
        let mut names: Vec<(String, u8)> =
            self.kinds.values().iter().map(|(kind, quad, _)| (kind.clone(), *quad)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn told(&self, selection: &Selection, names: &[(String, u8)]) -> Vec<Told> {
        let kind = |(kind, quad, status): &super::Kind| {
            let number = names.binary_search_by(|(k, q)| (k, q).cmp(&(kind, quad))).unwrap_or(0);
            (number as u32, status == "negated")
        };
        let kinds: Vec<(u32, bool)> = self.kinds.values().iter().map(kind).collect();
        let pairs: Vec<&[u32]> = self.sides.each().map(|[_, _, dyads]| dyads).collect();
        let [_, _, (_, dyads)] = self.sides.names();
        let is_within = |dyad: &String| dyad.split_once('-').is_some_and(|(a, b)| a == b);
        let within: Vec<bool> = dyads.iter().map(is_within).collect();
        let mut told = Vec::new();
        self.each_meant(selection, |event, row| {
            if event.day == 0 {
                return;
            }
            let Some(((kind, is_denial), of)) = kinds.get(usize::from(event.kind)).zip(pairs.get(event.pair())) else {
                return;
            };
            let voice = if event.speaker > 0 { u32::from(event.speaker) } else { OTHER | u32::from(event.publisher) };
            for &dyad in *of {
                let is_within = within.get(dyad as usize).copied().unwrap_or(false);
                let who = if is_within { OTHER | event.pair() as u32 } else { dyad };
                let (kind, is_denial, publisher) = (*kind, *is_denial, event.publisher);
                told.push(Told { kind, who, day: event.day, row, dyad, voice, publisher, is_denial });
            }
        });
        told
    }
}

/// Stretches of one type between the same two, of which each lies within [`NEAR_DAYS`] of the first.
fn runs(told: &[Told]) -> Vec<&[Told]> {
    let mut runs = Vec::new();
    let mut rest = told;
    while let Some(first) = rest.first() {
        let is_of =
            |t: &Told| (t.kind, t.who) == (first.kind, first.who) && t.day <= first.day.saturating_add(NEAR_DAYS);
        let (run, after) = rest.split_at(rest.iter().take_while(|t| is_of(t)).count().max(1));
        runs.push(run);
        rest = after;
    }
    runs
}

/// First days of the runs of each type between each two.
struct Days(HashMap<(u32, u32), Vec<u16>>);

impl Days {
    fn of(runs: &[&[Told]]) -> Days {
        let mut days: HashMap<(u32, u32), Vec<u16>> = HashMap::new();
        for first in runs.iter().filter_map(|run| run.first()) {
            days.entry((first.kind, first.who)).or_default().push(first.day);
        }
        Days(days)
    }

    fn has(&self, kind: u32, who: u32, from: u16, to: u16) -> bool {
        self.0.get(&(kind, who)).is_some_and(|days| days.iter().any(|day| (from..=to).contains(day)))
    }
}

fn distinct(numbers: impl Iterator<Item = u32>) -> u64 {
    let mut all: Vec<u32> = numbers.collect();
    all.sort_unstable();
    all.dedup();
    all.len() as u64
}

fn day(number: u16) -> Date {
    date(1970, 1, 1).saturating_add((i64::from(number) - 1 + EPOCH).days())
}
