//! Questions to the gazetteer.

use std::collections::{BTreeMap, HashMap};

use crate::rows::Table;
use crate::{Actors, PlaceRow};

impl Actors {
    /// All places called `name`, as written but for an article, in the order of the table.
    pub fn places_called<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a PlaceRow> + 'a {
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let rows = self.towns.exact(name).iter().filter(|e| e.row.table == Table::Place);
        rows.filter_map(|e| self.places.get(e.row.index as usize))
    }

    /// The place called `name`: in country `near` if there is one such, else the one with most inhabitants.
    pub fn place(&self, name: &str, near: Option<&str>) -> Option<&PlaceRow> {
        self.places_called(name)
            .max_by_key(|p| (near.is_some_and(|n| n == p.iso3), p.population, std::cmp::Reverse(p.admin1.as_str())))
    }

    /// Where country `iso3` lies: degrees north and east of the mean of its towns, by inhabitants.
    pub fn middle_of(&self, iso3: &str) -> Option<(f32, f32)> {
        self.middles.get(iso3).copied()
    }
}

/// The mean position of each country's towns, weighed by inhabitants, taken on the sphere.
pub(crate) fn middles(rows: &[PlaceRow]) -> HashMap<String, (f32, f32)> {
    let mut sums: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
    for p in rows.iter().filter(|p| p.population > 0 && !p.iso3.is_empty()) {
        let (lat, lon) = (f64::from(p.lat).to_radians(), f64::from(p.lon).to_radians());
        let weight = f64::from(p.population);
        let point = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
        let sum = sums.entry(p.iso3.as_str()).or_default();
        sum.iter_mut().zip(point).for_each(|(s, x)| *s += weight * x);
    }
    let hundredths = |x: f64| ((x * 100.0).round() / 100.0) as f32;
    let middle =
        |[x, y, z]: [f64; 3]| (hundredths(z.atan2(x.hypot(y)).to_degrees()), hundredths(y.atan2(x).to_degrees()));
    sums.into_iter().map(|(iso3, sum)| (iso3.to_owned(), middle(sum))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_lies_where_its_towns_do() {
        let (lat, lon) = Actors::embedded().middle_of("NER").unwrap();
        assert!((12.0..16.0).contains(&lat) && (2.0..10.0).contains(&lon), "{lat} {lon}");
        // Across the date line the mean is not on the far side of the world.
        let (_, fiji) = Actors::embedded().middle_of("FJI").unwrap();
        assert!(fiji.abs() > 170.0, "{fiji}");
    }

    #[test]
    fn one_name_may_be_several_places() {
        let of = |name: &str| {
            let mut all: Vec<&str> = Actors::embedded().places_called(name).map(|p| p.iso3.as_str()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        assert_eq!(of("Hyderabad"), ["IND", "PAK"]);
        assert!(of("Nowhere at All").is_empty());
    }
}
