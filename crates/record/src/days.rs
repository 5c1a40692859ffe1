//! A day, or a run of days.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// First and last day, both included; written "2019-02-26", or "2019-02-26/2019-03-01" where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// The days between `a` and `b`, whichever comes first.
    pub fn new(a: Date, b: Date) -> Self {
        Days { first: a.min(b), last: a.max(b) }
    }

    /// First day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day.
    pub fn last(self) -> Date {
        self.last
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last != self.first {
            write!(f, "/{}", self.last)?;
        }
        Ok(())
    }
}

impl FromStr for Days {
    type Err = jiff::Error;

    /// Reads what `Display` writes; an error names what is not an ISO date.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        Ok(Days::new(first.parse()?, last.parse()?))
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_and_a_run_of_days_read_back_as_written() {
        for text in ["2019-02-26", "1987-01-09/1987-02-26"] {
            assert_eq!(text.parse::<Days>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn days_given_backwards_are_turned() {
        assert_eq!("2020-02-02/2020-02-01".parse::<Days>().unwrap().to_string(), "2020-02-01/2020-02-02");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "/", "yesterday", "2019-02-30", "2019-02-26/"] {
            assert!(text.parse::<Days>().is_err(), "{text}");
        }
    }
}
