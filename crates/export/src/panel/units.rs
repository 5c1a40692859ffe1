//! The countries of a panel, and when each is there.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Codes, PanelOptions};
use crate::tables::Cell;
use crate::{Countries, Member};

/// The countries of a panel, by code; elsewhere they go by their place in this list.
pub(crate) struct Units {
    all: Vec<Country>,
    /// Places by the code that records carry: several where the country had several numbers.
    by_iso3c: BTreeMap<&'static str, Vec<usize>>,
}

struct Country {
    code: Code,
    times: Vec<Time>,
}

/// First and last day of a time that a country is there, open where it is `None`, and the code of records then.
type Time = (Option<Date>, Option<Date>, &'static str);

/// Sorted by number, or by letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Code {
    Number(u16),
    Letters(&'static str),
}

impl Units {
    /// The countries that a panel is about.
    pub(crate) fn of(options: &PanelOptions) -> Units {
        let countries = Countries::embedded();
        let mut times: BTreeMap<Code, Vec<Time>> = BTreeMap::new();
        let code = |m: &'static Member| match options.codes {
            Codes::Iso if m.iso3c.is_empty() => None,
            Codes::Iso => Some(Code::Letters(&m.iso3c)),
            Codes::Cow | Codes::Gw => Some(Code::Number(m.number)),
        };
        for member in countries.members(options.codes.system()) {
            if let Some(code) = code(member) {
                times.entry(code).or_default().push((Some(member.from), member.to, &member.iso3c));
            }
        }
        if options.codes == Codes::Iso && options.territories {
            for country in countries.all() {
                let always = || vec![(None, None, country.iso3c.as_str())];
                times.entry(Code::Letters(&country.iso3c)).or_insert_with(always);
            }
        }
        let all: Vec<Country> = times.into_iter().map(|(code, times)| Country { code, times }).collect();
        let mut by_iso3c: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (i, country) in all.iter().enumerate() {
            for (_, _, iso3c) in &country.times {
                let places = by_iso3c.entry(iso3c).or_default();
                if places.last() != Some(&i) {
                    places.push(i);
                }
            }
        }
        Units { all, by_iso3c }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The country that records call so on a day; failing that, on some day of the time around it.
    pub(crate) fn find(&self, iso3c: &str, day: Date, around: (Date, Date)) -> Option<usize> {
        let places = || self.by_iso3c.get(iso3c).into_iter().flatten().copied();
        let there = |i: &usize, first, last| self.all.get(*i).is_some_and(|c| c.is_called(iso3c, first, last));
        places().find(|i| there(i, day, day)).or_else(|| places().find(|i| there(i, around.0, around.1)))
    }

    /// Whether it is there on any of these days.
    pub(crate) fn is_there(&self, unit: usize, (first, last): (Date, Date)) -> bool {
        self.all.get(unit).is_some_and(|c| c.times.iter().any(|t| overlaps(t, first, last)))
    }

    /// Its code.
    pub(crate) fn code(&self, unit: usize) -> Option<Cell<'static>> {
        Some(match self.all.get(unit)?.code {
            Code::Number(n) => Cell::Whole(i64::from(n)),
            Code::Letters(text) => Cell::text(Some(text)),
        })
    }
}

impl Country {
    fn is_called(&self, iso3c: &str, first: Date, last: Date) -> bool {
        self.times.iter().any(|t| t.2 == iso3c && overlaps(t, first, last))
    }
}

fn overlaps(time: &Time, first: Date, last: Date) -> bool {
    time.0.is_none_or(|from| from <= last) && time.1.is_none_or(|to| first <= to)
}
