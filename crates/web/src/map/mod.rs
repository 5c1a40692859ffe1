//! Outlines of countries (`data/map/`), and where a place is on the map: Equal Earth (Šavrič, Patterson and Jenny 2018).

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Units from 180° west to 180° east, as in `data/map/build/build.mjs`.
const WIDTH: f64 = 2000.0;

/// Half of it on a sphere of radius 1.
const HALF: f64 = 2.706_629_983_696_074_8;

/// The projection's polynomial.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

/// A country or territory of today.
pub(crate) struct Country {
    /// ISO 3166-1 alpha-3.
    pub(crate) code: &'static str,
    /// States that are gone whose territory it was.
    pub(crate) former: Vec<&'static str>,
    /// Its middle.
    pub(crate) middle: (f64, f64),
    /// Its outline; "" where it is too small to be seen.
    pub(crate) path: &'static str,
}

/// Parts of the map, the whole first: name in addresses, name, and its left, top, width and height.
pub(crate) const PARTS: [(&str, &str, [f64; 4]); 7] = [
    ("world", "the world", [-1000.0, -492.0, 2000.0, 890.0]),
    ("europe", "Europe", [-110.0, -470.0, 400.0, 240.0]),
    ("mideast", "the Middle East", [130.0, -300.0, 260.0, 190.0]),
    ("africa", "Africa", [-150.0, -275.0, 480.0, 500.0]),
    ("asia", "Asia", [260.0, -380.0, 620.0, 450.0]),
    ("northamerica", "North America", [-900.0, -470.0, 620.0, 450.0]),
    ("southamerica", "South America", [-560.0, -200.0, 480.0, 570.0]),
];

/// All countries, by code.
static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (code, former) = (cells.next()?, cells.next()?);
        let middle = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        Some(Country {
            code,
            former: former.split_whitespace().collect(),
            middle,
            path: cells.next().unwrap_or_default(),
        })
    };
    include_str!("../../../../data/map/countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

/// Middles of states, those that are gone too: theirs is that of the largest part that is drawn.
static MIDDLES: LazyLock<BTreeMap<&'static str, (f64, f64)>> = LazyLock::new(|| {
    let mut middles: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut largest: BTreeMap<&str, usize> = BTreeMap::new();
    for country in countries() {
        for former in &country.former {
            let size = largest.entry(former).or_default();
            if country.path.len() >= *size {
                *size = country.path.len();
                middles.insert(former, country.middle);
            }
        }
    }
    middles.extend(countries().iter().map(|c| (c.code, c.middle)));
    middles
});

/// All countries and territories that are on the map.
pub(crate) fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The middle of a country, or of a state that is gone.
pub(crate) fn middle(code: &str) -> Option<(f64, f64)> {
    MIDDLES.get(code).copied()
}

/// Where coordinates in degrees are on the map.
pub(crate) fn project(lat: f64, lon: f64) -> (f64, f64) {
    let [a1, a2, a3, a4] = A;
    let t = (3.0_f64.sqrt() / 2.0 * lat.to_radians().sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let scale = WIDTH / 2.0 / HALF;
    let slope = a1 + 3.0 * a2 * t2 + t6 * (7.0 * a3 + 9.0 * a4 * t2);
    let x = lon.to_radians() * t.cos() / (3.0_f64.sqrt() / 2.0 * slope);
    let y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
    (x * scale, -y * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_within_their_countries() {
        // Of a box around each outline, which is enough to find a wrong projection.
        for (code, lat, lon) in
            [("KEN", -1.29, 36.82), ("PER", -12.05, -77.04), ("NOR", 59.91, 10.75), ("NZL", -41.29, 174.78)]
        {
            let country = countries().iter().find(|c| c.code == code).unwrap();
            let (x, y) = project(lat, lon);
            let (mx, my) = country.middle;
            assert!((x - mx).hypot(y - my) < 70.0, "{code}: {x} {y}, middle {mx} {my}");
        }
        let (x, y) = project(0.0, 180.0);
        assert!((x - 1000.0).abs() < 1e-6 && y.abs() < 1e-9);
    }

    #[test]
    fn states_of_today_and_those_that_are_gone_have_a_middle() {
        assert!(countries().len() > 220);
        assert!(countries().iter().filter(|c| !c.path.is_empty()).count() > 160);
        for code in ["SGP", "MLT", "XKX", "SUN", "YUG", "CSK", "DDR", "PSE", "TWN"] {
            assert!(middle(code).is_some(), "{code}");
        }
        assert_eq!(middle("SUN"), middle("RUS"));
        let safe = |c: &Country| c.path.bytes().all(|b| b.is_ascii_digit() || b"Mlz -".contains(&b));
        assert!(countries().iter().all(safe));
    }
}
