//! Whose word: what each speaker and each outlet says of the same matters, side by side.
//!
//! With nothing chosen it lists what most voices tell of ([`start`]); with an event or a dyad it compares
//! ([`compare`]). What is compared is told by [`scope`]; how, by `readout_record::claims`.

mod cards;
mod compare;
mod matrix;
mod scope;
mod start;

use readout_record::claims::{Stance, Standing, Voice};

use super::Asked;
use crate::answer::{Fault, View};
use crate::page::names::{Names, visible};

/// Its address.
pub(crate) const PATH: &str = "/claims";

/// Compares what is said of an event or a dyad; without one, lists what there is to compare.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    if asked.query.get("event").is_some() || asked.query.get("between").is_some() {
        compare::look(asked)
    } else {
        start::look(asked)
    }
}

/// The address of the comparison around an event.
pub(crate) fn around(event: &str) -> String {
    format!("{PATH}?event={event}")
}

/// What a voice is called.
fn called(voice: &Voice, names: &Names<'_>) -> String {
    match voice {
        Voice::Speaker(code) => visible(&names.party(code)).into_owned(),
        Voice::Outlet(name) if name.is_empty() => "outlet not told".to_owned(),
        Voice::Outlet(name) => visible(name).into_owned(),
    }
}

/// A stance: its sign, and what it says.
fn stance(stance: Stance) -> (&'static str, &'static str) {
    match stance {
        Stance::Asserts => ("●", "says so"),
        Stance::Denies => ("✕", "denies it"),
        Stance::Expects => ("◷", "expects it"),
        Stance::Supposes => ("○", "holds it possible"),
    }
}

/// A standing: what it is called, and what that means.
fn standing(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Contested => ("contested", "somebody says so, and somebody denies it"),
        Standing::Agreed => ("agreed", "two or more say so independently of each other, and nobody denies it"),
        Standing::Single => ("one voice", "one voice alone says so, or several of one country, and nobody denies it"),
        Standing::Denied => ("only denied", "nobody here says so, and somebody denies it"),
        Standing::Open => ("still open", "it is expected, or may be; nobody says that it is so"),
    }
}

/// "A", "A and B", "A, B and 3 others".
fn listed(names: &[String], most: usize) -> String {
    let shown = names.get(..most).unwrap_or(names);
    let rest = names.len() - shown.len();
    match (shown, rest) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (_, 1) => format!("{} and 1 other", shown.join(", ")),
        (_, rest) => format!("{} and {rest} others", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use readout_codebook::Codebook;
    use readout_record::claims::{ACCUSING, DENYING};

    use super::*;

    #[test]
    fn the_codebook_has_what_denies_and_accuses() {
        let book = Codebook::embedded();
        let names: Vec<&str> = book
            .rules()
            .iter()
            .map(|r| r.name.as_str())
            .chain(book.operators().iter().map(|o| o.name.as_str()))
            .collect();
        for name in DENYING {
            assert!(names.contains(&name), "{name}");
        }
        assert!(book.operators().iter().any(|o| o.name.split('/').next() == Some(ACCUSING)));
    }

    #[test]
    fn names_are_listed() {
        let names = ["A", "B", "C", "D"].map(str::to_owned);
        assert_eq!(listed(&names[..1], 2), "A");
        assert_eq!(listed(&names[..2], 2), "A and B");
        assert_eq!(listed(&names[..3], 2), "A, B and 1 other");
        assert_eq!(listed(&names, 2), "A, B and 2 others");
    }
}
