//! How a panel is made.

use jiff::civil::{Date, date};

use crate::System;
use crate::codes::{Parts, sector};
use crate::tables::{Cell, Kind};

/// What a row is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Two countries.
    #[default]
    Dyad,
    /// One country.
    Country,
}

/// How long a row's time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A month.
    #[default]
    Month,
    /// A year.
    Year,
}

/// How countries are coded, which also says who is a member when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codes {
    /// Correlates of War.
    #[default]
    Cow,
    /// Gleditsch and Ward.
    Gw,
    /// ISO 3166-1 alpha-3, over the members of the Correlates of War's list.
    Iso,
}

/// The package of R whose names the keys have. They differ for countries by the Correlates of War's codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// `ccode`.
    #[default]
    Peacesciencer,
    /// `cowcode`.
    States,
}

/// Which side of an act a country panel counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Acts that somebody of the country does.
    #[default]
    Actor,
    /// Acts that reach somebody of the country.
    Recipient,
    /// Both; once where it is on both sides.
    Either,
    /// Acts that are done in the country.
    Place,
}

/// Which parties of a country count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sectors {
    /// All of them.
    #[default]
    All,
    /// Organs of the state (`data/export/sectors.tsv`), and the country as such.
    State,
    /// These sectors; the country as such where `GOV` is among them.
    These(Vec<String>),
}

/// How a panel is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelOptions {
    /// What a row is about.
    pub unit: Unit,
    /// How long a row's time is.
    pub period: Period,
    /// How countries are coded.
    pub codes: Codes,
    /// How the columns of these codes are called.
    pub keys: Keys,
    /// One row for both directions of a dyad, with the larger code second.
    pub undirected: bool,
    /// Rows for what parties of one country do to each other too.
    pub domestic: bool,
    /// Which parties of a country count.
    pub sectors: Sectors,
    /// Which side a country panel counts.
    pub role: Role,
    /// Countries and territories that are in no list of members too, for all times (ISO codes only).
    pub territories: bool,
}

impl Sectors {
    pub(crate) fn take(&self, parts: Parts<'_>) -> bool {
        match self {
            Sectors::All => true,
            Sectors::State => parts.sector.is_none_or(|s| sector(s).is_some_and(|s| s.state)),
            Sectors::These(these) => these.iter().any(|t| t == parts.sector.unwrap_or("GOV")),
        }
    }
}

impl Codes {
    /// The list of members that makes the panel balanced.
    pub(crate) fn system(self) -> System {
        match self {
            Codes::Cow | Codes::Iso => System::Cow,
            Codes::Gw => System::Gw,
        }
    }
}

impl Period {
    /// Which period a day is in: for months, VIEWS' `month_id`, from 1 in January 1980; for years, the year.
    pub(crate) fn of(self, day: Date) -> i32 {
        let (year, month) = (i32::from(day.year()), i32::from(day.month()));
        match self {
            Period::Month => (year - 1980) * 12 + month,
            Period::Year => year,
        }
    }

    /// The columns that name it.
    pub(crate) fn columns(self) -> &'static [(&'static str, Kind)] {
        match self {
            Period::Month => {
                &[("year", Kind::Whole), ("month", Kind::Whole), ("month_id", Kind::Whole), ("date", Kind::Day)]
            }
            Period::Year => &[("year", Kind::Whole)],
        }
    }

    /// What these columns hold: the `date` of a month is its first day.
    pub(crate) fn cells(self, period: i32) -> Vec<Cell<'static>> {
        let (year, month) = self.year_and_month(period);
        let whole = |n: i32| Cell::Whole(i64::from(n));
        match self {
            Period::Month => vec![whole(year), whole(month), whole(period), Cell::Day(self.days(period).0)],
            Period::Year => vec![whole(year)],
        }
    }

    /// First and last day.
    pub(crate) fn days(self, period: i32) -> (Date, Date) {
        let (year, month) = self.year_and_month(period);
        let first = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(y, m)| Date::new(y, m, 1).ok());
        let first = first.unwrap_or(date(1, 1, 1));
        match self {
            Period::Month => (first, first.last_of_month()),
            Period::Year => (first, first.last_of_year()),
        }
    }

    fn year_and_month(self, period: i32) -> (i32, i32) {
        match self {
            Period::Month => (1980 + (period - 1).div_euclid(12), (period - 1).rem_euclid(12) + 1),
            Period::Year => (period, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_numbered_as_views_does() {
        for (day, id) in [("1980-01-31", 1), ("1979-12-01", 0), ("2019-02-26", 470), ("1945-05-08", -415)] {
            let day: Date = day.parse().unwrap();
            assert_eq!(Period::Month.of(day), id);
            let (first, last) = Period::Month.days(id);
            assert!(first <= day && day <= last && first.first_of_month() == first, "{id}: {first} {last}");
        }
        assert_eq!(Period::Year.days(2020), (date(2020, 1, 1), date(2020, 12, 31)));
    }
}
