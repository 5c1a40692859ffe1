//! How a matter stands between its voices, and who is silent on it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Matter, Mention, REPLY_DAYS, Stance, Voice, gap, stem};
use crate::Days;

/// How a matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Some voice asserts it, and some voice denies it.
    Contested,
    /// Two or more voices assert it independently of each other, and none denies it.
    Agreed,
    /// One voice asserts it, and none denies it.
    Single,
    /// Nobody asserts it, and some voice denies it.
    Denied,
    /// Nobody asserts or denies it: it is expected, or may be.
    Open,
}

impl Standing {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Contested => "contested",
            Standing::Agreed => "agreed",
            Standing::Single => "single",
            Standing::Denied => "denied",
            Standing::Open => "open",
        }
    }
}

/// Fills in how each matter stands and who is silent on it.
pub(super) fn judge(matters: &mut [Matter], mentions: &[Mention<'_>]) {
    let heard = heard(matters, mentions);
    for matter in matters {
        let (asserting, denying) = (matter.holding(Stance::Asserts), matter.holding(Stance::Denies));
        let independent = independent(matter, mentions);
        let parties_only = !asserting.is_empty() && asserting.iter().all(|voice| matter.is_party(voice));
        let standing = match (independent, denying.is_empty()) {
            (0, true) => Standing::Open,
            (0, false) => Standing::Denied,
            (_, false) => Standing::Contested,
            (1, true) => Standing::Single,
            (_, true) => Standing::Agreed,
        };
        let silent = silent(matter, &heard);
        (matter.independent, matter.parties_only, matter.standing, matter.silent) =
            (independent, parties_only, standing, silent);
    }
}

/// Speakers that assert it, those of one country or body counted once, and outlets on their own word, of which those
/// that print the same report count once.
fn independent(matter: &Matter, mentions: &[Mention<'_>]) -> usize {
    let (mut speakers, mut outlets, mut prints) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for claim in matter.claims.iter().filter(|c| c.stance == Stance::Asserts) {
        match (&claim.voice, mentions.get(claim.mention)) {
            (Voice::Outlet(name), Some(mention)) => {
                outlets.insert(name);
                prints.insert(mention.print);
            }
            (Voice::Speaker(code), _) => drop(speakers.insert(stem(code))),
            _ => {}
        }
    }
    speakers.len() + outlets.len().min(prints.len())
}

/// The days on which each voice is heard; an outlet is heard also where it passes on what others say.
fn heard(matters: &[Matter], mentions: &[Mention<'_>]) -> BTreeMap<Voice, Vec<Option<Days>>> {
    let mut heard: BTreeMap<Voice, Vec<Option<Days>>> = BTreeMap::new();
    for matter in matters {
        for claim in &matter.claims {
            let Some(mention) = mentions.get(claim.mention) else { continue };
            let day = mention.published.map(|day| Days::new(day, day)).or(matter.days);
            heard.entry(claim.voice.clone()).or_default().push(day);
            heard.entry(Voice::Outlet(mention.outlet.unwrap_or_default().to_owned())).or_default().push(day);
        }
    }
    heard
}

/// Who is heard within [`REPLY_DAYS`] of the matter, but not on it.
fn silent(matter: &Matter, heard: &BTreeMap<Voice, Vec<Option<Days>>>) -> BTreeSet<Voice> {
    let near = |day: &Option<Days>| day.zip(matter.days).is_some_and(|(a, b)| gap(a, b) <= REPLY_DAYS);
    let speaks = |voice: &Voice| {
        matter.stance(voice).is_some() || matches!(voice, Voice::Outlet(name) if matter.relays.contains(name))
    };
    let silent = heard.iter().filter(|(voice, days)| !speaks(voice) && days.iter().any(near));
    silent.map(|(voice, _)| voice.clone()).collect()
}

/// All voices: those that speak on most matters first, speakers before outlets where they are even.
pub(super) fn voices(matters: &[Matter]) -> Vec<Voice> {
    let mut counts: BTreeMap<Voice, usize> = BTreeMap::new();
    for matter in matters {
        for voice in matter.voices() {
            *counts.entry(voice.clone()).or_default() += 1;
        }
        for outlet in &matter.relays {
            counts.entry(Voice::Outlet(outlet.clone())).or_default();
        }
    }
    let mut all: Vec<(Voice, usize)> = counts.into_iter().collect();
    all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    all.into_iter().map(|(voice, _)| voice).collect()
}
