//! What may stand behind the `?`: each kind of value has its schema and its check side by side.

use jiff::civil::Date;
use readout_store::columns::Spot;
use serde_json::{Value, json};

use crate::address::Query;
use crate::answer::Fault;
use crate::limits::Limits;

/// A name that may stand behind the `?`.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    /// Whether it may be given more than once.
    pub(super) is_many: bool,
    pub(super) kind: Kind,
    /// What it says, in one sentence.
    pub(super) about: &'static str,
}

/// What values are like.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Words to search for.
    Words,
    /// A code or name as it stands in reports.
    Value,
    /// One of these.
    One(fn() -> Vec<String>),
    /// A day.
    Day,
    /// A place on the map.
    Spot,
    /// A whole number.
    Whole { least: usize, most: fn(&Limits) -> usize },
}

/// Characters that no value has: they cannot be seen.
const CONTROLS: [(char, char); 2] = [('\u{0}', '\u{1f}'), ('\u{7f}', '\u{9f}')];

/// Spaces, that none begins with: all that Unicode knows but those among the controls.
const SPACES: [(char, char); 8] = [
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

/// Degrees with two decimals at most.
const SPOT: &str =
    r"^-?(90(\.0{1,2})?|[1-8]?[0-9](\.[0-9]{1,2})?),-?(180(\.0{1,2})?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]{1,2})?)$";

impl Parameter {
    /// As the description has it.
    pub(super) fn describe(&self, limits: &Limits) -> Value {
        let one = self.kind.schema(limits);
        let schema =
            if self.is_many { json!({ "type": "array", "items": one, "maxItems": limits.api_values }) } else { one };
        json!({ "name": self.name, "in": "query", "required": false, "description": self.about, "schema": schema })
    }
}

impl Kind {
    fn schema(self, limits: &Limits) -> Value {
        match self {
            Kind::Words => {
                let pattern = format!("^[^{}]*$", class(&CONTROLS));
                json!({ "type": "string", "minLength": 1, "maxLength": limits.api_words, "pattern": pattern })
            }
            Kind::Value => {
                let (control, space) = (class(&CONTROLS), class(&SPACES));
                let pattern = format!("^[^{control}{space}][^{control}]*$");
                json!({ "type": "string", "minLength": 1, "maxLength": limits.api_value, "pattern": pattern })
            }
            Kind::One(all) => json!({ "type": "string", "enum": all() }),
            Kind::Day => json!({ "type": "string", "format": "date" }),
            Kind::Spot => json!({ "type": "string", "pattern": SPOT }),
            Kind::Whole { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most(limits) }),
        }
    }

    /// What is wrong with a value: what it is not, and how such are written.
    fn check(self, value: &str, limits: &Limits) -> Result<(), (&'static str, String)> {
        let is = |good: bool, what: &'static str, hint: String| if good { Ok(()) } else { Err((what, hint)) };
        let is_short =
            |most: usize| (1..=most).contains(&value.chars().count()) && !value.chars().any(|c| is_in(&CONTROLS, c));
        match self {
            Kind::Words => is(
                is_short(limits.api_words),
                "words to search for",
                format!("give 1 to {} characters, none of them a control character", limits.api_words),
            ),
            Kind::Value => is(
                is_short(limits.api_value) && !value.starts_with(|c| is_in(&SPACES, c)),
                "a value",
                format!(
                    "give 1 to {} characters, none of them a control character, the first no space",
                    limits.api_value
                ),
            ),
            Kind::One(all) => {
                is(all().iter().any(|one| one == value), "one of its values", format!("give {}", all().join(", ")))
            }
            Kind::Day => is(day(value).is_some(), "a day", "days are written 2019-02-26".to_owned()),
            Kind::Spot => is(
                is_spot(value),
                "a place",
                "places are written 30.51,47.78: degrees north, degrees east, two decimals at most".to_owned(),
            ),
            Kind::Whole { least, most } => {
                let number = whole(value).filter(|n| (least..=most(limits)).contains(n));
                is(number.is_some(), "such a number", format!("give a whole number from {least} to {}", most(limits)))
            }
        }
    }
}

/// Holds what is asked against what may be: every name known, given as often as it may be, every value well made.
pub(super) fn check(parameters: &[Parameter], query: &Query, limits: &Limits) -> Result<(), Fault> {
    for (name, value) in query.pairs() {
        let known =
            parameters.iter().find(|parameter| parameter.name == name).ok_or_else(|| unknown(name, parameters))?;
        let times = query.pairs().filter(|(other, _)| *other == name).count();
        let most = if known.is_many { limits.api_values } else { 1 };
        if times > most {
            return Err(Fault::bad(
                format!("“{name}” is given {times} times"),
                format!("give it {most} times at most"),
            ));
        }
        known
            .kind
            .check(value, limits)
            .map_err(|(what, hint)| Fault::bad(format!("{name}: “{value}” is not {what}"), hint))?;
    }
    Ok(())
}

fn unknown(name: &str, parameters: &[Parameter]) -> Fault {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    let hint = if names.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", names.join(", ")) };
    Fault::bad(format!("there is no parameter “{name}” here"), hint)
}

/// A day as it is written here, in one way only.
pub(super) fn day(text: &str) -> Option<Date> {
    let is_written = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    is_written.then(|| text.parse().ok()).flatten()
}

/// A whole number without a sign or leading zeros.
fn whole(text: &str) -> Option<usize> {
    let is_written = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    is_written.then(|| text.parse().ok()).flatten()
}

/// Whether a text is as [`SPOT`] says.
fn is_spot(text: &str) -> bool {
    let degrees = |text: &str| {
        let text = text.strip_prefix('-').unwrap_or(text);
        let (full, decimals) = text.split_once('.').unwrap_or((text, "0"));
        whole(full).is_some() && matches!(decimals.len(), 1..=2) && decimals.bytes().all(|b| b.is_ascii_digit())
    };
    text.split_once(',').is_some_and(|(lat, lon)| degrees(lat) && degrees(lon)) && text.parse::<Spot>().is_ok()
}

/// Ranges as they stand in the brackets of a regular expression.
fn class(ranges: &[(char, char)]) -> String {
    ranges.iter().map(|(first, last)| format!("\\u{:04x}-\\u{:04x}", u32::from(*first), u32::from(*last))).collect()
}

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_one_way() {
        let limits = Limits::default();
        let is_good = |kind: Kind, value: &str| kind.check(value, &limits).is_ok();
        let page = Kind::Whole { least: 1, most: |_| 100 };
        for (kind, good, bad) in [
            (page, &["1", "100"][..], &["", "0", "01", "+1", "-1", "1.0", "101", "99999999999999999999", "a"][..]),
            (
                Kind::Day,
                &["2019-02-26", "0001-01-01"],
                &["", "20190226", "2019-02-30", "2019-02-26T10:00", "-2019-02-2"],
            ),
            (
                Kind::Spot,
                &["30.51,47.78", "-90,180", "0,-0.5", "9.1,-179.99"],
                &["", "91,0", "0,181", "1e1,2", "+1,2", "01,2", "1., 2", "1.234,2", "90.5,0"],
            ),
            (Kind::Value, &["-", "KEN*", "Ærøs Avis", "a b"], &["", " ", "\u{a0}x", "a\u{0}", "a\n"]),
            (Kind::Words, &["peace OR war", " "], &["", "a\tb"]),
            (Kind::One(|| vec!["1".to_owned()]), &["1"], &["", "true", "1 "]),
        ] {
            for value in good {
                assert!(is_good(kind, value), "{value}");
            }
            for value in bad {
                assert!(!is_good(kind, value), "{value}");
            }
        }
        assert!(!is_good(Kind::Value, &"x".repeat(limits.api_value + 1)));
    }

    #[test]
    fn spaces_are_those_of_unicode() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(is_in(&SPACES, c), c.is_whitespace() && !is_in(&CONTROLS, c), "{c:?}");
        }
    }
}
