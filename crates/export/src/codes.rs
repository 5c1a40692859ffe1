//! From the codes of records to those of other data sets (`data/export/`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_codebook::Codebook;
use readout_record::{BODIES, Event, Party};

use crate::Countries;
use crate::countries::rows;

/// A sector's names elsewhere.
#[derive(Debug)]
pub(crate) struct Sector {
    /// Whether it is an organ of the state.
    pub(crate) state: bool,
    /// CAMEO's type code, "" where it has none.
    pub(crate) cameo: &'static str,
    /// ICEWS's names, the most exact first, joined by commas.
    pub(crate) icews: &'static str,
}

static SECTORS: LazyLock<BTreeMap<&'static str, Sector>> = LazyLock::new(|| {
    let table = include_str!("../../../data/export/sectors.tsv");
    let row = |cells: Vec<&'static str>| {
        let &[name, state, cameo, icews] = cells.as_slice() else { return None };
        Some((name, Sector { state: state == "yes", cameo, icews }))
    };
    rows(table).filter_map(row).collect()
});

/// The names of a sector elsewhere.
pub(crate) fn sector(name: &str) -> Option<&'static Sector> {
    SECTORS.get(name)
}

/// Whether all sides of an act do it to each other, where all are actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mutual {
    /// Unless the rule that fired says otherwise.
    Yes,
    /// If the rule that fired says so.
    ByRule,
}

/// The types of which some acts are done to each other.
static MUTUAL: LazyLock<BTreeMap<&'static str, Mutual>> = LazyLock::new(|| {
    let row = |cells: Vec<&'static str>| match *cells.as_slice() {
        [kind, "yes"] => Some((kind, Mutual::Yes)),
        [kind, "rule"] => Some((kind, Mutual::ByRule)),
        _ => None,
    };
    rows(include_str!("../../../data/export/types.tsv")).filter_map(row).collect()
});

/// The codebook's rules, and whether their frames make everybody an actor ("met", "clashed").
static RULES: LazyLock<BTreeMap<&'static str, bool>> = LazyLock::new(|| {
    let rules = Codebook::embedded().rules().iter();
    rules.map(|r| (r.name.as_str(), r.entries.iter().any(|e| e.frame.reciprocal))).collect()
});

/// Whether the parties of an event that are all its actors do it to each other. By the rule that fired; one that is not of
/// this codebook is taken for mutual where nearly all acts of its type are.
pub(crate) fn is_mutual(event: &Event) -> bool {
    let Some(mutual) = MUTUAL.get(event.kind.as_str()) else { return false };
    let rule = event.rule.rsplit('+').next().unwrap_or_default();
    RULES.get(rule).copied().unwrap_or(*mutual == Mutual::Yes)
}

/// A party's code, taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// Country, as records have it.
    pub(crate) country: Option<&'a str>,
    /// Sector: of a body, what kind it is ("IGO").
    pub(crate) sector: Option<&'a str>,
    /// Which body it is ("UNO").
    pub(crate) body: Option<&'a str>,
}

/// Country, sector and body of a party.
pub(crate) fn parts(party: &Party) -> Parts<'_> {
    match (party.code.get(..3), party.code.get(3..)) {
        (Some(kind), Some(body)) if BODIES.contains(&kind) => {
            Parts { country: None, sector: Some(kind), body: Some(body).filter(|b| !b.is_empty()) }
        }
        _ => Parts { country: party.country.as_deref(), sector: party.sector.as_deref(), body: None },
    }
}

/// The name of a party: the canonical one, else its words.
pub(crate) fn name(party: &Party) -> &str {
    party.name.as_deref().unwrap_or(&party.text)
}

/// The name of a country, or its code where it has none.
pub(crate) fn country_name(iso3c: &str) -> Cow<'_, str> {
    Countries::embedded().get(iso3c).map_or(Cow::Borrowed(iso3c), |c| Cow::Owned(c.name.clone()))
}

/// The first two digits of a CAMEO code.
pub(crate) fn cameo_root(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

/// The first three digits of a CAMEO code.
pub(crate) fn cameo_base(code: &str) -> &str {
    code.get(..3).unwrap_or(code)
}

/// GDELT's and Phoenix's quad class, which goes by the root of the CAMEO code: of statements (01) 1 in GDELT. Where there is no
/// code, PLOVER's class. The two differ for CONCEDE, whose codes (08) CAMEO counts as deeds, and for convictions.
pub(crate) fn cameo_quad(code: Option<&str>, plover: u8) -> u8 {
    match code.map(cameo_root).and_then(|root| root.parse::<u8>().ok()) {
        Some(1..=5) => 1,
        Some(6..=8) => 2,
        Some(9..=13) => 3,
        Some(14..=20) => 4,
        _ => plover,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quads_go_by_the_root() {
        for (code, expect) in
            [(Some("010"), 1), (Some("0312"), 1), (Some("084"), 2), (Some("111"), 3), (Some("20"), 4), (None, 7)]
        {
            assert_eq!(cameo_quad(code, 7), expect, "{code:?}");
        }
    }

    #[test]
    fn a_body_is_no_country() {
        let party = |code: &str, country: Option<&str>, sector: Option<&str>| -> Party {
            serde_json::from_value(
                serde_json::json!({"text": "x", "span": [0, 1], "code": code, "country": country, "sector": sector}),
            )
            .unwrap()
        };
        let uno = party("IGOUNO", None, None);
        assert_eq!(parts(&uno), Parts { country: None, sector: Some("IGO"), body: Some("UNO") });
        let gov = party("PERGOV", Some("PER"), Some("GOV"));
        assert_eq!(parts(&gov), Parts { country: Some("PER"), sector: Some("GOV"), body: None });
    }
}
