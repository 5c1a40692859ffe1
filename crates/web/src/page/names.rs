//! What codes are called.

use std::borrow::Cow;
use std::collections::BTreeMap;

use readout_codebook::{Codebook, Ontology};
use readout_export::Countries;
use readout_record::country_of;
use readout_store::columns::Facet;

/// Names for codes, of people, countries, types and statuses.
#[derive(Clone, Copy)]
pub(crate) struct Names<'s> {
    ontology: &'static Ontology,
    countries: &'static Countries,
    bodies: Option<&'s BTreeMap<String, String>>,
}

impl<'s> Names<'s> {
    /// Names, with those that a store has for bodies ("IGOUNO").
    pub(crate) fn new(bodies: Option<&'s BTreeMap<String, String>>) -> Names<'s> {
        Names { ontology: &Codebook::embedded().ontology, countries: Countries::embedded(), bodies }
    }

    /// Of the code of a party or speaker: "Kenya, government" for KENGOV.
    pub(crate) fn party<'c>(&self, code: &'c str) -> Cow<'c, str> {
        if let Some(body) = self.bodies.and_then(|bodies| bodies.get(code)) {
            return Cow::Owned(body.clone());
        }
        let country = country_of(code);
        let sector = code.get(3..).and_then(|sector| self.ontology.sector(sector));
        let sector = sector.map(|s| s.about.split([',', ':', ';']).next().unwrap_or_default().trim().to_owned());
        match (country, sector) {
            (Some(country), Some(sector)) => Cow::Owned(format!("{}, {sector}", self.country(country))),
            (Some(country), None) => self.country_in(code, country),
            (None, Some(sector)) if code.starts_with("---") => Cow::Owned(format!("{sector}, country not told")),
            (None, None) if code == "---" => Cow::Borrowed("not known"),
            _ => Cow::Borrowed(code),
        }
    }

    fn country_in<'c>(&self, code: &'c str, country: &str) -> Cow<'c, str> {
        if code.len() == country.len() { Cow::Owned(self.country(country)) } else { Cow::Borrowed(code) }
    }

    /// Of a country's code.
    pub(crate) fn country(&self, code: &str) -> String {
        self.countries.get(code).map_or(code, |c| &c.name).to_owned()
    }

    /// Of a value of a facet.
    pub(crate) fn value(&self, facet: Facet, value: &str) -> String {
        match (facet, value) {
            (Facet::Speaker, "") => "the narrator, no speaker named".to_owned(),
            (Facet::Publisher, "") => "publisher not told".to_owned(),
            (Facet::Place, "") => "place not told".to_owned(),
            (Facet::Actor | Facet::Recipient | Facet::Speaker, code) => match code.strip_suffix('*') {
                Some(start) => format!("{}, anybody", self.party(start)),
                None => self.party(code).into_owned(),
            },
            (Facet::Dyad, dyad) => match dyad.split_once('-') {
                Some((a, b)) => format!("{} → {}", self.country(a), self.country(b)),
                None => dyad.to_owned(),
            },
            (Facet::Place, code) => self.country(code),
            (Facet::Quad, number) => number.parse().map_or(number, |n| quad(n).0).to_owned(),
            (_, other) => other.to_owned(),
        }
    }

    /// Quad class of a type, 1 to 4.
    pub(crate) fn quad_of(&self, kind: &str) -> u8 {
        self.ontology.quad(kind)
    }

    /// Types of a quad class, "1" to "4".
    pub(crate) fn types_of(&self, quad: &str) -> Vec<String> {
        let is_of = |kind: &&readout_codebook::EventType| kind.quad.number().to_string() == quad;
        self.ontology.kinds().iter().filter(is_of).map(|kind| kind.name.clone()).collect()
    }

    /// What a type covers.
    pub(crate) fn about(&self, kind: &str) -> &'static str {
        self.ontology.kind(kind).map_or("", |k| k.about.as_str())
    }

    /// What a CAMEO code covers.
    pub(crate) fn cameo(&self, code: &str) -> &'static str {
        self.ontology.cameo(code).map_or("", |c| c.about.as_str())
    }
}

/// A quad class: its name and its sign, by which it is told without colours.
pub(crate) fn quad(number: u8) -> (&'static str, &'static str) {
    match number {
        1 => ("verbal cooperation", "○"),
        2 => ("material cooperation", "●"),
        3 => ("verbal conflict", "△"),
        _ => ("material conflict", "▲"),
    }
}

/// Statuses, in the order they are explained in.
pub(crate) const STATUSES: [&str; 5] = ["fact", "future", "hypothetical", "negated", "historical"];

/// What a status means.
pub(crate) fn status(name: &str) -> &'static str {
    match name {
        "fact" => "told as done or under way",
        "future" => "planned or expected",
        "hypothetical" => "conditional or merely possible",
        "negated" => "told as not done",
        "historical" => "done long before the report",
        _ => "",
    }
}

/// Headings of facets.
pub(crate) fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Type => "Type of act",
        Facet::Quad => "Class of act",
        Facet::Status => "Status",
        Facet::Actor => "Who acts",
        Facet::Recipient => "Whom it reaches",
        Facet::Dyad => "Countries, who to whom",
        Facet::Speaker => "On whose word",
        Facet::Publisher => "Published by",
        Facet::Place => "Where",
    }
}

/// "1 event", "2,345 events".
pub(crate) fn counted(n: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// "2,345".
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Text with what browsers hide or obey shown as its code point: controls, zero-width characters and marks that change
/// the direction of writing.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| {
        (c.is_control() && !c.is_whitespace())
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' | '\u{61C}')
    };
    if !text.chars().any(hidden) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| if hidden(c) { format!("‹U+{:04X}›", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(show).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        let names = Names::new(None);
        for (code, name) in [
            ("KENGOV", "Kenya, government"),
            ("KEN", "Kenya"),
            ("---MIL", "armed forces, country not told"),
            ("---", "not known"),
            ("IRNA", "IRNA"),
            ("<b>", "<b>"),
            ("", ""),
        ] {
            assert_eq!(names.party(code), name, "{code}");
        }
        assert_eq!(names.value(Facet::Dyad, "KEN-UGA"), "Kenya → Uganda");
        assert_eq!(names.value(Facet::Actor, "KEN*"), "Kenya, anybody");
    }

    #[test]
    fn numbers_are_grouped() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(n), text);
        }
    }
}
