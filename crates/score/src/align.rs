//! Which coded event stands for which gold event, and likewise attributions: one to one inside a sentence, best pairs
//! first. The same pairs, ties included, as the Python scorer makes.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use readout_record::BODIES;
use readout_record::formats::{Mark, MarkedAttribution, MarkedEvent};

/// Code of an unknown party.
const UNKNOWN: &str = "---";

/// How far a coded event agrees with a gold event of its sentence and type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The same countries and bodies on both sides.
    pub dyad: bool,
    /// The same whole codes on both sides.
    pub full: bool,
    /// `dyad`, and the same status and innermost speaker.
    pub said: bool,
}

impl Agreement {
    fn levels(self) -> usize {
        1 + usize::from(self.dyad) + usize::from(self.full) + usize::from(self.said)
    }
}

/// A gold and a coded item, by index in their documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// Index of the gold one.
    pub gold: usize,
    /// Index of the coded one.
    pub coded: usize,
    /// How they agree.
    pub how: T,
}

/// How a coded attribution agrees with a gold one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Tokens of the content that both have.
    pub tokens: usize,
    /// The same country (or body, or medium) as source.
    pub source: bool,
    /// A token of the cue that both have, or no cue on either side.
    pub cue: bool,
}

/// First three letters of a code; the whole code of a body; `---` for none.
pub fn country(code: Option<&str>) -> String {
    match code {
        None | Some("") => UNKNOWN.to_owned(),
        Some(code) if BODIES.iter().any(|b| code.starts_with(b)) => code.to_owned(),
        Some(code) => code.chars().take(3).collect(),
    }
}

fn whole(code: Option<&str>) -> String {
    code.filter(|c| !c.is_empty()).unwrap_or(UNKNOWN).to_owned()
}

/// The countries and bodies of a side.
pub fn countries(side: &[Mark]) -> BTreeSet<String> {
    side.iter().map(|m| country(Some(&whole(m.code.as_deref())))).collect()
}

/// The whole codes of a side.
pub fn codes(side: &[Mark]) -> BTreeSet<String> {
    side.iter().map(|m| whole(m.code.as_deref())).collect()
}

/// Country of the innermost speaker; "" for the narrator.
pub fn innermost(event: &MarkedEvent) -> String {
    event.said_by.first().map_or_else(String::new, |m| country(m.code.as_deref()))
}

/// Runs of letters, digits and underscores, in lower case.
pub fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

fn share(a: &str, b: &str) -> bool {
    let a: BTreeSet<String> = tokens(a).into_iter().collect();
    tokens(b).iter().any(|t| a.contains(t))
}

/// How two events of one sentence agree; `None` where their types differ.
fn agreement(gold: &MarkedEvent, coded: &MarkedEvent) -> Option<Agreement> {
    if gold.kind != coded.kind {
        return None;
    }
    let both = |f: fn(&[Mark]) -> BTreeSet<String>| {
        f(&gold.actor) == f(&coded.actor) && f(&gold.recipient) == f(&coded.recipient)
    };
    let dyad = both(countries);
    Some(Agreement {
        dyad,
        full: dyad && both(codes),
        said: dyad && gold.status == coded.status && innermost(gold) == innermost(coded),
    })
}

/// Pairs events of the same sentence and type.
pub fn events(gold: &[MarkedEvent], coded: &[MarkedEvent]) -> Vec<Pair<Agreement>> {
    match_cells(
        gold,
        coded,
        |e| e.sent,
        |e| e.sent,
        |g, c, distance| {
            let how = agreement(g, c)?;
            Some(((how.levels(), share(&g.trigger, &c.trigger), usize::MAX - distance), how))
        },
    )
}

/// Pairs attributions of the same sentence whose contents share at least half of the shorter one's tokens.
pub fn attributions(gold: &[MarkedAttribution], coded: &[MarkedAttribution]) -> Vec<Pair<Overlap>> {
    match_cells(
        gold,
        coded,
        |a| a.sent,
        |a| a.sent,
        |g, c, _| {
            let (shared, n, m) = overlap(&g.content, &c.content);
            if shared == 0 || shared * 2 < n.min(m) {
                return None;
            }
            let source = country(g.source.code.as_deref()) == country(c.source.code.as_deref());
            let cue = share(&g.cue, &c.cue) || (tokens(&g.cue).is_empty() && tokens(&c.cue).is_empty());
            let rank = Rank(shared as f64 / n.max(m) as f64 + if source { 0.25 } else { 0.0 }, shared);
            Some((rank, Overlap { tokens: shared, source, cue }))
        },
    )
}

/// Tokens that both contents have, counted as often as they occur in both; and how many each has.
fn overlap(a: &str, b: &str) -> (usize, usize, usize) {
    let (a, b) = (tokens(a), tokens(b));
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for t in &a {
        *left.entry(t).or_default() += 1;
    }
    let mut shared = 0;
    for t in &b {
        if let Some(n) = left.get_mut(t.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            shared += 1;
        }
    }
    (shared, a.len(), b.len())
}

/// Orders pairs of attributions; the numbers are finite.
#[derive(PartialEq)]
struct Rank(f64, usize);

impl Eq for Rank {}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

/// Pairs items sentence by sentence: highest rank first, ties to the later gold item and then the later coded item.
fn match_cells<A, B, R: Ord, T: Copy>(
    gold: &[A],
    coded: &[B],
    gold_sentence: fn(&A) -> usize,
    coded_sentence: fn(&B) -> usize,
    rank: impl Fn(&A, &B, usize) -> Option<(R, T)>,
) -> Vec<Pair<T>> {
    let mut cells: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    gold.iter().enumerate().for_each(|(i, g)| cells.entry(gold_sentence(g)).or_default().0.push(i));
    coded.iter().enumerate().for_each(|(j, c)| cells.entry(coded_sentence(c)).or_default().1.push(j));
    let mut out = Vec::new();
    for (gs, cs) in cells.values() {
        let mut pairs = Vec::new();
        for (i, &g) in gs.iter().enumerate() {
            for (j, &c) in cs.iter().enumerate() {
                let (Some(one), Some(other)) = (gold.get(g), coded.get(c)) else { continue };
                if let Some((r, how)) = rank(one, other, i.abs_diff(j)) {
                    pairs.push((r, g, c, how));
                }
            }
        }
        pairs.sort_by(|a, b| (&b.0, b.1, b.2).cmp(&(&a.0, a.1, a.2)));
        let (mut used_gold, mut used_coded) = (BTreeSet::new(), BTreeSet::new());
        for (_, gold, coded, how) in pairs {
            if !used_gold.contains(&gold) && !used_coded.contains(&coded) {
                used_gold.insert(gold);
                used_coded.insert(coded);
                out.push(Pair { gold, coded, how });
            }
        }
    }
    out
}
