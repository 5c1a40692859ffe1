//! Persons by surname, title and day.

use jiff::civil::Date;

use crate::actors::Actors;
use crate::composition::Composition;
use crate::index::{Rolling, hash};
use crate::phrases::fold;

/// What stands beside a surname.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// Role or rank before it ("foreign minister").
    pub title: Option<String>,
    /// Whether that or the sentence makes him a past holder.
    pub past: bool,
    /// Whether a courtesy title ("Mr") stands before it.
    pub courtesy: bool,
    /// Country named beside the title.
    pub country: Option<String>,
    /// Where the initials before it start, or the surname itself.
    pub start: usize,
    /// First letter of the given name, folded.
    pub initial: Option<char>,
}

/// Days after which a bare surname no longer points to someone who left office.
const REMEMBERED_DAYS: i64 = 3 * 366;

/// Weights of the evidence; the sum must reach `ENOUGH`, and lead by `LEAD`.
const HEAD_IN_OFFICE: i32 = 100;
const IN_OFFICE: i32 = 60;
const GUARDED_IN_OFFICE: i32 = 20;
const HEAD_REMEMBERED: i32 = 45;
const REMEMBERED: i32 = 20;
const PAST: i32 = 30;
const TITLE_FITS: i32 = 80;
const TITLE_NEAR: i32 = 40;
const COUNTRY_FITS: i32 = 50;
const ENOUGH: i32 = 40;
const LEAD: i32 = 15;
/// Taken off a bare surname that the table does not list by itself, the more where it is a given name too.
const UNLISTED: i32 = 40;
const UNLISTED_GIVEN: i32 = 100;
/// Taken off heads of dependent territories, who are mostly those of the state they belong to.
const DEPENDENT: i32 = 50;

/// Surnames (as runs of folded atoms) of a name's atoms: the whole where it is one, the ends that may stand alone.
pub(crate) fn of<'a>(composition: &Composition, base: &str, parts: &'a [String]) -> Vec<&'a [String]> {
    let numeral = |p: &&String| composition.is("numeral", p);
    let count = parts.len() - parts.iter().rev().take_while(numeral).count();
    let parts = parts.get(..count).unwrap_or_default();
    if parts.len() <= 1 {
        return parts.chunks(1).collect();
    }
    if composition.is("order", &base.to_ascii_lowercase()) {
        return parts.chunks(1).take(1).collect();
    }
    // A father's name is no surname without its "bin".
    let father = |i: usize| i.checked_sub(1).and_then(|k| parts.get(k)).is_some_and(|p| composition.is("patronym", p));
    let long = |s: &&[String]| s.len() > 1 || s.iter().any(|p| p.len() > 1);
    (1..parts.len()).filter(|&i| !father(i)).filter_map(|i| parts.get(i..)).filter(long).collect()
}

/// The hash under which a surname of these parts is kept: that of the parts joined by spaces.
pub(crate) fn key(parts: &[String]) -> u64 {
    let mut h = Rolling::new();
    for (i, p) in parts.iter().enumerate() {
        if i > 0 {
            h.text(" ");
        }
        h.text(p);
    }
    h.value()
}

impl Actors {
    /// The person in the tables that surname `key` (folded) names on `day`, if the evidence is clear.
    pub(crate) fn by_surname(&self, key: &str, beside: &Beside, day: Option<Date>) -> Option<u32> {
        let mut scored: Vec<(i32, u32)> = self
            .surnames
            .get(hash(key))
            .iter()
            .filter_map(|&i| self.weigh(key, i, beside, day).map(|w| (w, i)))
            .collect();
        scored.sort_by_key(|(w, i)| (-w, *i));
        let &(best, person) = scored.first()?;
        let second = scored.get(1).map_or(0, |(w, _)| *w);
        (best >= ENOUGH && best - second >= LEAD).then_some(person)
    }

    fn weigh(&self, key: &str, index: u32, beside: &Beside, day: Option<Date>) -> Option<i32> {
        let p = self.persons.get(index as usize)?;
        if beside.initial.is_some_and(|c| !p.name.to_lowercase().starts_with(c)) {
            return None;
        }
        let mut weight = match &beside.country {
            Some(c) if p.base == *c => COUNTRY_FITS,
            Some(_) => return None,
            None => 0,
        };
        weight += match day {
            Some(d) => self.weigh_time(index, beside.past, d),
            None if p.terms.iter().any(|t| t.head && t.held.end.is_none()) => HEAD_IN_OFFICE,
            None => REMEMBERED,
        };
        if beside.country.is_none() && self.country(&p.base).is_some_and(|c| c.cow.is_none()) {
            weight -= DEPENDENT;
        }
        let bare = beside.title.is_none() && beside.initial.is_none();
        if bare && !p.aliases.iter().chain([&p.name]).any(|a| fold(a) == key) {
            weight -= if self.given_names.contains(&hash(key)) { UNLISTED_GIVEN } else { UNLISTED };
        }
        if let Some(title) = &beside.title {
            let open = |held: &crate::Interval| match day {
                Some(d) if beside.past => held.distance(d) < 0,
                Some(d) => held.distance(d).abs() <= REMEMBERED_DAYS,
                None => true,
            };
            let rank = self.roles.get(title).is_some_and(|r| r.sector == "MIL");
            if p.terms.iter().any(|t| open(&t.held) && self.office_called(&t.office, title)) {
                weight += TITLE_FITS;
            } else if p.terms.iter().any(|t| {
                let unnamed = self.composition.is("anyoffice", &t.office)
                    && self.roles.get(title).is_some_and(|r| r.sector == t.sector);
                open(&t.held) && (unnamed || rank && t.sector == "MIL" || t.office.split(' ').any(|w| w == title))
                    || self.roles.get(title).is_some_and(|r| r.sector == "LEG" && t.sector == "LEG")
            }) {
                weight += TITLE_NEAR;
            } else {
                weight -= TITLE_FITS;
            }
        }
        Some(weight)
    }

    fn weigh_time(&self, index: u32, past: bool, day: Date) -> i32 {
        let Some(p) = self.persons.get(index as usize) else { return 0 };
        let distance = p.distance(day).unwrap_or(i64::MAX);
        let head = p.terms.iter().any(|t| t.head && t.held.distance(day) == distance);
        if past {
            let was = p.terms.iter().any(|t| t.held.distance(day) < 0);
            return if !was {
                0
            } else if head {
                PAST + TITLE_NEAR
            } else {
                PAST
            };
        }
        let guarded =
            || p.term(Some(day)).is_some_and(|t| self.composition.is("guarded", &t.sector.to_ascii_lowercase()));
        match distance {
            0 if head => HEAD_IN_OFFICE,
            0 if guarded() => GUARDED_IN_OFFICE,
            0 => IN_OFFICE,
            d if d.abs() <= REMEMBERED_DAYS && head => HEAD_REMEMBERED,
            d if d.abs() <= REMEMBERED_DAYS => REMEMBERED,
            _ => 0,
        }
    }
}
