//! Codes of countries, and who is a member of the system of states when (`data/countries/`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

/// Codes of a country or territory; `""` where a scheme has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Country {
    /// The code that records carry: ISO 3166-1 alpha-3, and a few more.
    pub iso3c: String,
    /// FIPS 10-4.
    pub fips: String,
    /// CAMEO's, as in GDELT.
    pub cameo: String,
    /// That of the dictionaries of Phoenix.
    pub phoenix: String,
    /// Name in English.
    pub name: String,
}

/// A list of the members of the system of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Correlates of War.
    Cow,
    /// Gleditsch and Ward.
    Gw,
}

/// A state while it is a member of a system under one code of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The system.
    pub system: System,
    /// Its number in the system.
    pub number: u16,
    /// The code that records carry on those days; `""` where they have none for it.
    pub iso3c: String,
    /// First day.
    pub from: Date,
    /// Last day; `None` for a state that is still there.
    pub to: Option<Date>,
}

impl Member {
    /// Whether it is a member on a day.
    pub fn on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it is a member on any of these days.
    pub fn within(&self, first: Date, last: Date) -> bool {
        self.from <= last && self.to.is_none_or(|to| first <= to)
    }
}

/// All countries and members.
#[derive(Debug, Default)]
pub struct Countries {
    by_code: BTreeMap<String, Country>,
    members: Vec<Member>,
    divisions: BTreeMap<(String, String), (String, String)>,
}

static EMBEDDED: LazyLock<Countries> = LazyLock::new(|| Countries {
    by_code: rows(include_str!("../../../data/countries/countries.tsv")).filter_map(country).collect(),
    members: rows(include_str!("../../../data/countries/states.tsv")).filter_map(member).collect(),
    divisions: rows(include_str!("../../../data/countries/adm1.tsv")).filter_map(division).collect(),
});

impl Countries {
    /// Those that are part of the program.
    pub fn embedded() -> &'static Countries {
        &EMBEDDED
    }

    /// The country that records give this code.
    pub fn get(&self, iso3c: &str) -> Option<&Country> {
        self.by_code.get(iso3c)
    }

    /// All countries and territories, by code.
    pub fn all(&self) -> impl Iterator<Item = &Country> {
        self.by_code.values()
    }

    /// The members of a system, by number and then by day.
    pub fn members(&self, system: System) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |m| m.system == system)
    }

    /// The number of a country in a system on a day.
    pub fn number(&self, system: System, iso3c: &str, day: Date) -> Option<u16> {
        self.members(system).find(|m| m.iso3c == iso3c && m.on(day)).map(|m| m.number)
    }

    /// GDELT's country and division codes of a first-level division, by its name, where they are known.
    pub(crate) fn division(&self, iso3c: &str, admin1: &str) -> Option<(&str, &str)> {
        let (fips, adm1) = self.divisions.get(&(iso3c.to_owned(), admin1.to_owned()))?;
        Some((fips, adm1))
    }
}

/// The cells of a table's rows, without comments and header.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let filled = table.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    filled.skip(1).map(|l| l.split('\t').collect())
}

fn country(cells: Vec<&str>) -> Option<(String, Country)> {
    let &[iso3c, _, _, _, _, _, _, fips, _, cameo, phoenix, name] = cells.as_slice() else { return None };
    let [iso3c, fips, cameo, phoenix, name] = [iso3c, fips, cameo, phoenix, name].map(str::to_owned);
    Some((iso3c.clone(), Country { iso3c, fips, cameo, phoenix, name }))
}

fn member(cells: Vec<&str>) -> Option<Member> {
    let &[system, number, _, iso3c, _, from, to] = cells.as_slice() else { return None };
    Some(Member {
        system: if system == "cow" { System::Cow } else { System::Gw },
        number: number.parse().ok()?,
        iso3c: iso3c.to_owned(),
        from: from.parse().ok()?,
        to: if to.is_empty() { None } else { Some(to.parse().ok()?) },
    })
}

fn division(cells: Vec<&str>) -> Option<((String, String), (String, String))> {
    let &[iso3c, admin1, fips, adm1] = cells.as_slice() else { return None };
    Some(((iso3c.to_owned(), admin1.to_owned()), (fips.to_owned(), adm1.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let lines = |table: &str| table.lines().filter(|l| !l.starts_with('#')).count() - 1;
        let all = Countries::embedded();
        assert_eq!(all.by_code.len(), lines(include_str!("../../../data/countries/countries.tsv")));
        assert_eq!(all.members.len(), lines(include_str!("../../../data/countries/states.tsv")));
        assert_eq!(all.divisions.len(), lines(include_str!("../../../data/countries/adm1.tsv")));
    }

    #[test]
    fn numbers_go_by_system_and_day() {
        for (iso3c, day, cow, gw) in [
            ("DEU", "1960-01-01", Some(260), Some(260)),
            ("DEU", "1991-01-01", Some(255), Some(260)),
            ("DDR", "1980-01-01", Some(265), Some(265)),
            ("DDR", "1991-01-01", None, None),
            ("SUN", "1991-12-25", Some(365), Some(365)),
            ("RUS", "1991-12-26", Some(365), Some(365)),
            ("SUN", "1991-12-26", None, None),
            ("YUG", "2006-06-04", Some(345), Some(345)),
            ("SRB", "2006-06-05", Some(345), Some(340)),
            ("YEM", "1990-05-21", Some(678), Some(678)),
            ("YEM", "1990-05-22", Some(679), Some(678)),
            ("YMD", "1990-05-21", Some(680), Some(680)),
            ("VNM", "2000-01-01", Some(816), Some(816)),
            ("GRD", "2000-01-01", Some(55), None),
            ("USA", "2026-01-01", Some(2), Some(2)),
            ("PSE", "2020-01-01", None, None),
            ("XKX", "2020-01-01", Some(347), Some(347)),
        ] {
            let on = |system| Countries::embedded().number(system, iso3c, day.parse().unwrap());
            assert_eq!((on(System::Cow), on(System::Gw)), (cow, gw), "{iso3c} {day}");
        }
    }
}
