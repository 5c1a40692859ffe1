//! What an address means: the events that every page of counts is about.

use readout_store::Filter;
use readout_store::columns::{Count, Facet, Facets, Selection};

use super::Asked;
use crate::address::Address;
use crate::answer::Fault;
use crate::page::names::Names;

/// The events that an address wants, and their counts.
pub(crate) struct Meant<'a> {
    pub(crate) address: Address,
    pub(crate) selection: Selection,
    pub(crate) facets: Facets,
    pub(crate) names: Names<'a>,
    /// Whether the words are searched for one by one, as they were no query.
    pub(crate) plain_words: bool,
}

impl<'a> Meant<'a> {
    /// What was asked for.
    pub(crate) fn of(asked: &Asked<'a>) -> Result<Meant<'a>, Fault> {
        let snapshot = asked.snapshot;
        let address = Address::of(asked.query, asked.limits)?;
        let names = Names::new(Some(&snapshot.overview.bodies));
        let mut filter = address.filter();
        let plain_words = make_searchable(asked, &mut filter)?;
        let mut selection = address.selection(|facet| snapshot.values(facet), |quad| names.types_of(quad));
        selection.only = snapshot.matching(asked.store, &filter)?;
        let mut facets = snapshot.facets(&selection);
        count_classes(&mut facets, &names);
        Ok(Meant { address, selection, facets, names, plain_words })
    }
}

/// Words that are no query of the full-text search are looked for as they are, each of them.
fn make_searchable(asked: &Asked<'_>, filter: &mut Filter) -> Result<bool, Fault> {
    let Some(words) = &filter.text else { return Ok(false) };
    if asked.store.searchable(words).is_ok() {
        return Ok(false);
    }
    let quoted: Vec<String> = words.split_whitespace().map(|w| format!("\"{}\"", w.replace('"', ""))).collect();
    let quoted = quoted.join(" ");
    asked.store.searchable(&quoted)?;
    filter.text = Some(quoted);
    Ok(true)
}

/// Counts each class by its types: to choose it is to choose them.
fn count_classes(facets: &mut Facets, names: &Names<'_>) {
    let types = facets.counts.get(&Facet::Type).map_or(&[][..], Vec::as_slice);
    let count = |quad: u8| Count {
        value: quad.to_string(),
        events: types.iter().filter(|c| names.quad_of(&c.value) == quad).map(|c| c.events).sum(),
    };
    let classes = (1..=4).map(count).collect();
    facets.counts.insert(Facet::Quad, classes);
}
