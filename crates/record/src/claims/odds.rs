//! Matters that do not go together.

use std::collections::BTreeSet;

use super::{Matter, NEAR_DAYS, REPLY_DAYS, Stance, Voice, gap, shared};

/// How two matters do not go together. Both may be true; that different voices tell them is what is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odds {
    /// Each side is said to have done it to the other.
    Turned,
    /// Another is said to have done it to the same.
    Blamed,
    /// The same is said to have done the opposite: cooperation and conflict.
    Opposite,
}

impl Odds {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Odds::Turned => "turned",
            Odds::Blamed => "blamed",
            Odds::Opposite => "opposite",
        }
    }
}

/// Fills in the odds of every two matters that different voices assert.
pub(super) fn find(matters: &mut [Matter]) {
    let mut found = Vec::new();
    for (i, a) in matters.iter().enumerate() {
        for (j, b) in matters.iter().enumerate().skip(i + 1) {
            if let Some(odds) = between(a, b) {
                found.push((i, odds, j));
            }
        }
    }
    for (i, odds, j) in found {
        for (at, other) in [(i, j), (j, i)] {
            if let Some(matter) = matters.get_mut(at) {
                matter.odds.push((odds, other));
            }
        }
    }
}

fn between(a: &Matter, b: &Matter) -> Option<Odds> {
    let days = gap(a.days?, b.days?);
    if days > REPLY_DAYS || !differ(&a.holding(Stance::Asserts), &b.holding(Stance::Asserts)) {
        return None;
    }
    let meet = |x: &BTreeSet<String>, y: &BTreeSet<String>| shared(x, y, false) > 0;
    let is_conflict = |m: &Matter| m.quad >= 3;
    // Within one country all parties are of it: nothing can be told from that.
    if meet(&a.actor, &a.recipient) || meet(&b.actor, &b.recipient) {
        return None;
    }
    if a.kind == b.kind && is_conflict(a) && days <= NEAR_DAYS {
        if meet(&a.actor, &b.recipient) && meet(&a.recipient, &b.actor) {
            return Some(Odds::Turned);
        }
        if a.quad == 4
            && meet(&a.recipient, &b.recipient)
            && !meet(&a.actor, &b.actor)
            && !a.actor.is_empty()
            && !b.actor.is_empty()
        {
            return Some(Odds::Blamed);
        }
    }
    let same = meet(&a.actor, &b.actor) && meet(&a.recipient, &b.recipient);
    (same && is_conflict(a) != is_conflict(b)).then_some(Odds::Opposite)
}

/// Whether each is asserted by a voice that does not assert the other.
fn differ(a: &BTreeSet<&Voice>, b: &BTreeSet<&Voice>) -> bool {
    a.difference(b).next().is_some() && b.difference(a).next().is_some()
}
