//! Places by their coordinates.

use std::fmt;
use std::str::FromStr;

use super::names::Names;

/// A place on the map, to the hundredth of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    lat: i16,
    lon: i16,
}

impl Spot {
    /// The spot of coordinates in degrees; `None` where there is no such place.
    pub fn new(lat: f64, lon: f64) -> Option<Spot> {
        let is_there = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        is_there.then(|| Spot { lat: (lat * 100.0).round() as i16, lon: (lon * 100.0).round() as i16 })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        f64::from(self.lat) / 100.0
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        f64::from(self.lon) / 100.0
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2},{:.2}", self.lat(), self.lon())
    }
}

impl FromStr for Spot {
    type Err = ();

    /// Reads "30.51,47.78".
    fn from_str(text: &str) -> Result<Spot, ()> {
        let (lat, lon) = text.split_once(',').ok_or(())?;
        let degrees = |text: &str| text.trim().parse::<f64>().map_err(drop);
        Spot::new(degrees(lat)?, degrees(lon)?).ok_or(())
    }
}

/// Spots with what reports call them.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    pub(super) numbers: Names<Option<Spot>>,
    /// The shortest name of each that was seen.
    names: Vec<String>,
}

impl Spots {
    /// The number of a spot, 0 for none and for those beyond what a field can tell apart.
    pub(super) fn id(&mut self, spot: Option<Spot>, name: &str) -> u16 {
        let id = self.numbers.id(&spot, u16::MAX.into());
        let at = id as usize;
        if id > 0 {
            self.names.resize(self.names.len().max(at + 1), String::new());
            if let Some(known) = self.names.get_mut(at).filter(|known| known.is_empty() || known.len() > name.len()) {
                name.clone_into(known);
            }
        }
        id as u16
    }

    /// Each spot with its number and name.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, Spot, &str)> {
        let named = self.numbers.values().iter().zip(self.names.iter()).enumerate();
        named.filter_map(|(number, (spot, name))| Some((number, (*spot)?, name.as_str())))
    }
}
