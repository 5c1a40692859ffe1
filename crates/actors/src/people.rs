//! Who holds an office, and what a person is on a day.

use jiff::civil::Date;

use crate::actors::Actors;
use crate::rows::RowId;
use crate::{Code, Interval, Person, Term};

/// Days by which tables and reports may differ about the start or end of an office.
const SLACK_DAYS: i64 = 10;

/// Holders of one office on one day, with whom the last still counts as the holder.
const MOST_HOLDERS: usize = 2;

/// Sector of those who are out of office.
const OUT_OF_OFFICE: &str = "CVL";

/// What a person is on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Country and sector.
    pub code: Code,
    /// Whether an office was held before, and none is now.
    pub former: bool,
    /// The office held, lower case.
    pub office: Option<String>,
}

impl Person {
    /// The most telling office of those held on `day`; without a day, of those not ended, or of all.
    pub fn term(&self, day: Option<Date>) -> Option<&Term> {
        let rank = |t: &&Term| (t.held.holds(day), t.head, t.held.start);
        match day {
            Some(d) => self.terms.iter().filter(|t| t.held.distance(d).abs() <= SLACK_DAYS).max_by_key(rank),
            None => self.terms.iter().max_by_key(rank),
        }
    }

    /// Code and office on `day`; without a day, of the last office known.
    pub fn standing(&self, day: Option<Date>) -> Standing {
        match self.term(day) {
            Some(t) => Standing { code: self.code(&t.sector), former: false, office: Some(t.office.clone()) },
            None => {
                let former = day.is_some_and(|d| self.terms.iter().any(|t| t.held.distance(d) < 0));
                Standing { code: self.code(OUT_OF_OFFICE), former, office: None }
            }
        }
    }

    /// The person's country or body with `sector`.
    pub(crate) fn code(&self, sector: &str) -> Code {
        let base = Code::new(self.base.clone());
        if base.is_body() || base.as_str().len() > 3 { base } else { base.with_sector(sector) }
    }

    /// Country, for those who are not a body's.
    pub fn country(&self) -> Option<&str> {
        if Code::new(self.base.as_str()).is_body() { None } else { self.base.get(..3) }
    }

    /// Days from `day` to the nearest office: 0 in office, negative after it.
    pub(crate) fn distance(&self, day: Date) -> Option<i64> {
        self.terms.iter().map(|t| t.held.distance(day)).min_by_key(|d| d.abs())
    }
}

impl Actors {
    /// Who held `office` ("president", "foreign minister", "leader") of `iso3` (or of a body's code) on `day`: the
    /// office of that name first, then what else it is called, in the order of the composition table.
    pub fn holder(&self, iso3: &str, office: &str, day: Date) -> Option<&Person> {
        let office = office.to_lowercase();
        let people: Vec<&Person> =
            self.by_base.get(iso3)?.iter().filter_map(|&i| self.persons.get(i as usize)).collect();
        std::iter::once(office.as_str()).chain(self.composition.offices(&office)).find_map(|name| {
            let mut held: Vec<(&Interval, &Person)> = Vec::new();
            for p in &people {
                held.extend(
                    p.terms.iter().filter(|t| t.office == name && t.held.holds(Some(day))).map(|t| (&t.held, *p)),
                );
            }
            held.dedup_by(|a, b| a.1.name == b.1.name);
            // Two at a change of office; more, and the office is not one man's ("representative").
            if held.len() > MOST_HOLDERS { None } else { held.into_iter().max_by_key(|(h, _)| h.start).map(|(_, p)| p) }
        })
    }

    /// Whether the person of `row` holds on `day` an office that can be called `title` ("chancellor", "the minister").
    pub fn holds(&self, row: RowId, title: &str, day: Option<Date>) -> bool {
        let called = |office: &str| {
            let last = office.rsplit(' ').next() == Some(title);
            self.office_called(office, title) || last || office.strip_prefix(title).is_some_and(|o| o.starts_with(' '))
        };
        let deputy = |office: &str| office.split([' ', '-']).next().is_some_and(|w| self.composition.is("lesser", w));
        self.person_of(row)
            .and_then(|p| p.term(day))
            .is_some_and(|t| called(&t.office) && deputy(&t.office) == deputy(title))
    }

    /// Whether holding `office` can be called `title` ("premier" for a prime minister).
    pub(crate) fn office_called(&self, office: &str, title: &str) -> bool {
        office == title || self.composition.offices(title).any(|o| o == office)
    }
}
