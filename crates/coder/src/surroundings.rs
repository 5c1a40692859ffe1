//! Which of several places of one name a report means: by countries named beside it and in the report, by inhabitants
//! and by the distance to the report's other places.

use std::collections::BTreeMap;

use readout_actors::{Actors, EntityKind, PlaceRow};

use crate::scene::Sentence;

/// Weight of the share that a country has of the report's mentions of countries.
const SHARE: f64 = 4.0;
/// Weight of a country that an adjective beside the name points to ("the Iraqi city of X").
const ADJECTIVE: f64 = 2.0;
/// Weight of nearness to another place of the report, which falls to none at [`FAR_KM`].
const NEAR: f64 = 2.0;
const FAR_KM: f64 = 1000.0;
/// Standing, on the scale of powers of ten of inhabitants, of seas and regions, whose inhabitants are not known.
const WATER: f64 = 6.5;
const REGION: f64 = 5.5;
/// Inhabitants of the smallest places, where they are not known.
const SMALL: f64 = 1000.0;
/// Radius of the earth.
const EARTH_KM: f64 = 6371.0;

/// What a report tells of where it plays.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    countries: BTreeMap<String, usize>,
    total: usize,
    /// Places of the report whose names are those of one place only.
    points: Vec<(f32, f32)>,
}

/// What the words beside a name tell of where it lies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// Countries named in the same phrase: the place lies in one of them.
    pub countries: Vec<String>,
    /// States and provinces named in the same phrase.
    pub regions: Vec<String>,
    /// Countries that adjectives point to.
    pub adjectives: Vec<String>,
}

impl Surroundings {
    /// Of a report's sentences.
    pub fn of(actors: &Actors, sentences: &[Sentence]) -> Self {
        let mut out = Surroundings::default();
        for m in sentences.iter().flat_map(|s| &s.mentions) {
            let kind = m.entity.kind;
            // A town whose name several share is what is asked for, and tells nothing.
            let town = matches!(kind, EntityKind::City | EntityKind::Region | EntityKind::Capital);
            let mut called = actors.places_called(&m.entity.name);
            let single = called.next().filter(|_| called.next().is_none());
            if let Some(p) = single.filter(|_| kind.is_place()) {
                out.points.push((p.lat, p.lon));
            }
            if (if town { single.is_some() } else { kind.is_state() })
                && let Some(c) = &m.entity.country
            {
                *out.countries.entry(c.clone()).or_default() += 1;
                out.total += 1;
            }
        }
        out
    }

    /// The place called `name` that is meant; none where no place of that name lies in a country named beside it.
    pub fn choose<'a>(&self, actors: &'a Actors, name: &str, beside: &Beside) -> Option<&'a PlaceRow> {
        let fits =
            |p: &&PlaceRow| beside.countries.is_empty() || beside.countries.contains(&p.iso3) || p.iso3.is_empty();
        let scored = actors.places_called(name).filter(fits).map(|p| (self.score(p, beside), p));
        // Of equal ones the first in the table.
        scored
            .fold(None, |best: Option<(f64, &PlaceRow)>, (score, p)| match best {
                Some((top, _)) if top >= score => best,
                _ => Some((score, p)),
            })
            .map(|(_, p)| p)
    }

    fn score(&self, p: &PlaceRow, beside: &Beside) -> f64 {
        let known = match p.kind.as_str() {
            "water" => WATER,
            "region" => REGION,
            _ => f64::from(p.population).max(SMALL).log10(),
        };
        let share = self.countries.get(&p.iso3).map_or(0.0, |n| *n as f64 / self.total.max(1) as f64);
        let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
        let region = beside.regions.iter().any(|r| r.eq_ignore_ascii_case(&p.admin1));
        let adjective = beside.adjectives.contains(&p.iso3);
        let nearest =
            self.points.iter().map(|&q| distance_km((p.lat, p.lon), q)).filter(|d| *d > 0.0).fold(FAR_KM, f64::min);
        let near = if p.population == 0 { 0.0 } else { 1.0 - nearest / FAR_KM };
        known + SHARE * share + ADJECTIVE * flag(adjective) + 2.0 * SHARE * flag(region) + NEAR * near
    }
}

/// Great-circle distance between two points in degrees (haversine).
fn distance_km(a: (f32, f32), b: (f32, f32)) -> f64 {
    let rad = |x: f32| f64::from(x).to_radians();
    let (dlat, dlon) = (rad(b.0 - a.0), rad(b.1 - a.1));
    let h = (dlat / 2.0).sin().powi(2) + rad(a.0).cos() * rad(b.0).cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surroundings(countries: &[(&str, usize)], points: &[(f32, f32)]) -> Surroundings {
        let countries: BTreeMap<String, usize> = countries.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect();
        Surroundings { total: countries.values().sum(), countries, points: points.to_vec() }
    }

    fn chosen(s: &Surroundings, name: &str, beside: &Beside) -> String {
        s.choose(Actors::embedded(), name, beside).map_or("none".to_owned(), |p| format!("{} {}", p.iso3, p.admin1))
    }

    #[test]
    fn the_biggest_place_is_meant_where_nothing_else_is_told() {
        assert_eq!(chosen(&surroundings(&[], &[]), "Tripoli", &Beside::default()), "LBY Tripoli");
        assert_eq!(chosen(&surroundings(&[], &[]), "Hyderabad", &Beside::default()), "IND Telangana");
    }

    #[test]
    fn the_report_and_the_words_beside_decide() {
        let lebanon = surroundings(&[("LBN", 5), ("SYR", 1)], &[(33.89, 35.5)]);
        assert_eq!(chosen(&lebanon, "Tripoli", &Beside::default()), "LBN North Lebanon");
        let in_pakistan = Beside { countries: vec!["PAK".into()], ..Beside::default() };
        assert_eq!(chosen(&surroundings(&[], &[]), "Hyderabad", &in_pakistan), "PAK Sindh");
        let in_illinois = Beside { regions: vec!["Illinois".into()], ..Beside::default() };
        assert_eq!(chosen(&surroundings(&[], &[]), "Springfield", &in_illinois), "USA Illinois");
        let nowhere = Beside { countries: vec!["TON".into()], ..Beside::default() };
        assert_eq!(chosen(&surroundings(&[], &[]), "Springfield", &nowhere), "none");
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let km = distance_km((51.5, -0.13), (48.86, 2.35));
        assert!((330.0..360.0).contains(&km), "{km}");
    }
}
