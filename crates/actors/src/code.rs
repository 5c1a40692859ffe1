//! Actor codes.

use std::fmt;

/// A party's code: ISO 3166-1 alpha-3 country and sector ("IRNGOV"), a bare country ("IRN"), a body ("IGOUNO"), or
/// "---" with or without a sector where the country is not known ("---REB").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// First three letters of codes that name a body rather than a country.
const BODIES: [&str; 4] = ["IGO", "NGO", "MNC", "IMG"];

impl Code {
    /// The code as written in tables and records.
    pub fn new(text: impl Into<String>) -> Self {
        Code(text.into())
    }

    /// "---": neither country nor sector known.
    pub fn unknown() -> Self {
        Code("---".to_owned())
    }

    /// Country (or "---") and sector; an empty sector gives the bare country.
    pub fn of(country: Option<&str>, sector: &str) -> Self {
        Code(format!("{}{sector}", country.unwrap_or("---")))
    }

    /// The code's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country; none for bodies and unknown countries.
    pub fn country(&self) -> Option<&str> {
        self.0.get(..3).filter(|c| *c != "---" && !BODIES.contains(c))
    }

    /// The sector ("GOV"); none for bare countries and for bodies.
    pub fn sector(&self) -> Option<&str> {
        if self.is_body() { None } else { self.0.get(3..).filter(|s| !s.is_empty()) }
    }

    /// Whether it names an international body rather than a country's sector.
    pub fn is_body(&self) -> bool {
        self.0.get(..3).is_some_and(|c| BODIES.contains(&c))
    }

    /// The same sector with `country` where this code has none and is no body.
    pub fn with_country(&self, country: &str) -> Self {
        match self.0.strip_prefix("---") {
            Some(sector) => Code(format!("{country}{sector}")),
            None => self.clone(),
        }
    }

    /// The same country with another sector; bodies stay.
    pub fn with_sector(&self, sector: &str) -> Self {
        if self.is_body() { self.clone() } else { Code(format!("{}{sector}", self.0.get(..3).unwrap_or("---"))) }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
