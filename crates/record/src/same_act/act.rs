//! An act as far as its mentions tell of it, and when two mentions tell of one.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::build::BODIES;
use crate::model::{Event, Party};
use crate::{Days, EventId, Status};

/// Kilometres between two places at which they count as two.
const FAR_KM: f64 = 60.0;

/// Days after its date within which an act is still news that other reports tell.
pub const NEWS_DAYS: i32 = 7;

/// Code of a party that is not known.
const UNKNOWN: &str = "---";

/// What must be the same for acts of two reports: type, actors, recipients.
pub(super) type Key = (String, BTreeSet<String>, BTreeSet<String>);

/// An act.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// Its first mention.
    pub(super) id: EventId,
    kind: String,
    mode: Option<String>,
    status: Status,
    actor: BTreeSet<String>,
    recipient: BTreeSet<String>,
    days: Option<Days>,
    told: Option<Days>,
    country: Option<String>,
    point: Option<(f64, f64)>,
    triggers: BTreeSet<String>,
    /// Sentence of its last mention.
    pub(super) last: usize,
}

impl Act {
    /// The act as one event tells it.
    pub(super) fn of(event: &Event) -> Act {
        let place = event.place.as_ref();
        Act {
            id: event.id.clone(),
            kind: event.kind.clone(),
            mode: event.mode.clone(),
            // That an act lies long back tells when, not whether.
            status: if event.status == Status::Historical { Status::Fact } else { event.status },
            actor: codes(&event.actor),
            recipient: codes(&event.recipient),
            days: event.date,
            told: None,
            country: place.and_then(|p| p.country.clone()),
            point: place.and_then(|p| Some((f64::from(p.lat?), f64::from(p.lon?)))),
            triggers: stems(&event.trigger),
            last: event.sent,
        }
    }

    /// How well a later mention of the same report fits, higher is better; `None` where it tells of another act.
    pub(super) fn likeness(&self, mention: &Act) -> Option<u8> {
        // One sentence that codes two acts of a type tells of two.
        if self.last == mention.last || !self.compatible(mention) {
            return None;
        }
        let actor = side(&self.actor, &mention.actor)?;
        let recipient = side(&self.recipient, &mention.recipient)?;
        let words = self.triggers.intersection(&mention.triggers).next().is_some();
        let fits = match (actor, recipient) {
            (true, true) => words || self.is_deed(),
            // Reciprocal acts have one side only.
            (true, false) | (false, true) => {
                words || (self.is_deed() && (self.recipient.is_empty() && mention.recipient.is_empty()))
            }
            (false, false) => words && mention.actor.is_empty() && mention.recipient.is_empty(),
        };
        fits.then(|| 2 * u8::from(actor) + 2 * u8::from(recipient) + u8::from(words))
    }

    /// Whether an act of another report, with the same [`key`](Self::key), is the same.
    pub(super) fn agrees(&self, other: &Act) -> bool {
        let day = match (self.days, other.days) {
            (Some(_), Some(_)) => true, // compatible() compares them
            _ => match (self.days.or(self.told), other.days.or(other.told)) {
                (Some(a), Some(b)) => overlap(a, b),
                _ => false,
            },
        };
        let words = self.triggers.intersection(&other.triggers).next().is_some();
        day && (words || self.is_deed()) && self.compatible(other)
    }

    /// What must be the same across reports; `None` where too little is told: both sides must be known, or two parties
    /// of a reciprocal act.
    pub(super) fn key(&self) -> Option<Key> {
        let known = |s: &BTreeSet<String>| s.iter().filter(|c| !c.starts_with(UNKNOWN)).count();
        let told = known(&self.actor) > 0 && known(&self.recipient) > 0 || known(&self.actor) > 1;
        told.then(|| (self.kind.clone(), self.actor.clone(), self.recipient.clone()))
    }

    /// Takes over what a later mention adds.
    pub(super) fn learn(&mut self, mention: &Act) {
        self.last = mention.last;
        self.mode = self.mode.take().or_else(|| mention.mode.clone());
        self.days = self.days.or(mention.days);
        self.country = self.country.take().or_else(|| mention.country.clone());
        self.point = self.point.or(mention.point);
        self.triggers.extend(mention.triggers.iter().cloned());
        for (mine, more) in [(&mut self.actor, &mention.actor), (&mut self.recipient, &mention.recipient)] {
            if mine.is_empty() {
                mine.clone_from(more);
            }
        }
    }

    /// The report that tells of it was published on `day`: without a date of its own the act lies at most `days` before.
    pub(super) fn told_on(&mut self, day: Date, days: u16) {
        self.told = Some(Days::new(day.saturating_sub(i64::from(days).days()), day));
    }

    /// Whether a report of `day` may still tell of it.
    pub(super) fn may_recur(&self, day: Date, days: u16) -> bool {
        let last = self.told.or(self.days).map(Days::last);
        last.is_some_and(|last| last.saturating_add((i64::from(days) + i64::from(NEWS_DAYS)).days()) >= day)
    }

    /// Deeds are one act however they are worded; of words, each wording is an act of its own.
    fn is_deed(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "CONSULT" | "AID" | "RETREAT" | "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT"
        )
    }

    /// Whether nothing that both tell is at odds.
    fn compatible(&self, other: &Act) -> bool {
        let days = !matches!((self.days, other.days), (Some(a), Some(b)) if !overlap(a, b));
        let far = matches!((self.point, other.point), (Some(a), Some(b)) if kilometres(a, b) > FAR_KM);
        self.kind == other.kind
            && self.status == other.status
            && days
            && !far
            && agree(self.mode.as_ref(), other.mode.as_ref())
            && agree(self.country.as_ref(), other.country.as_ref())
    }
}

/// Whether two things are the same or one is not told.
fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    !matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Whether two sides share a party (`Some(true)`), one is not told (`Some(false)`), or they differ (`None`).
fn side(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<bool> {
    if a.is_empty() || b.is_empty() {
        return Some(false);
    }
    let shared = a.iter().any(|x| b.iter().any(|y| country(x) == country(y) && country(x) != UNKNOWN));
    let unknown = a.iter().chain(b).any(|x| country(x) == UNKNOWN);
    if shared {
        Some(true)
    } else if unknown {
        Some(false)
    } else {
        None
    }
}

/// The country of a code, or the whole code of a body.
fn country(code: &str) -> &str {
    if BODIES.iter().any(|b| code.starts_with(b)) { code } else { code.get(..3).unwrap_or(code) }
}

fn codes(parties: &[Party]) -> BTreeSet<String> {
    parties.iter().map(|p| p.code.clone()).collect()
}

/// The words of a trigger without their endings, so that "shelled" and "shelling" meet. Of several words the short
/// ones ("to", "the") say nothing.
fn stems(trigger: &str) -> BTreeSet<String> {
    let word = |w: &str| w.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let words: Vec<String> = trigger.split_whitespace().map(word).collect();
    words.iter().filter(|w| words.len() == 1 || w.chars().count() > 3).map(|w| stem(w)).collect()
}

fn stem(word: &str) -> String {
    let ending = ["ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s", "e"]
        .iter()
        .find(|e| word.len() > e.len() + 3 && word.ends_with(**e));
    let bare = ending.and_then(|e| word.strip_suffix(*e)).unwrap_or(word);
    // "bombed", "bombing"; "shipped", "shipping"
    let mut letters: Vec<char> = bare.chars().collect();
    if let [.., a, b] = letters.as_slice()
        && a == b
        && ending.is_some()
        && !matches!(b, 'l' | 's')
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

fn overlap(a: Days, b: Days) -> bool {
    a.first() <= b.last() && b.first() <= a.last()
}

/// Distance on the sphere in kilometres (haversine), of points in degrees.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |d: f64| (d.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + lat_a.cos() * lat_b.cos() * half(b.1 - a.1);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        for (a, b) in [
            ("shelled", "shelling"),
            ("attack", "attacks"),
            ("arrested", "arrests"),
            ("raid", "raided"),
            ("met", "met"),
        ] {
            assert_eq!(stems(a), stems(b), "{a} {b}");
        }
        assert_ne!(stems("shelled"), stems("condemned"));
        assert_eq!(stems("lashed out at the plan").len(), 2);
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        // Paris to London: about 344 km.
        let km = kilometres((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((km - 344.0).abs() < 2.0, "{km}");
        assert!(kilometres((0.0, 0.0), (0.0, 0.0)) < 0.001);
    }

    #[test]
    fn sides_agree_where_a_country_is_shared() {
        let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<String>>();
        for (a, b, expect) in [
            (&["MLIGOV"][..], &["MLIMIL"][..], Some(true)),
            (&["MLIGOV"], &[], Some(false)),
            (&["MLIGOV"], &["---MIL"], Some(false)),
            (&["MLIGOV"], &["NERGOV"], None),
            (&["IGOUNO"], &["IGONAT"], None),
        ] {
            assert_eq!(side(&set(a), &set(b)), expect, "{a:?} {b:?}");
        }
    }
}
