//! Counts of what an address means, for programs.

use std::collections::BTreeMap;

use readout_store::columns::{Facet, Facets};
use serde_json::{Map, Value, json};

use crate::limits::Limits;
use crate::page::names::Names;

/// How many events there are, by the values of each property and by month.
pub(crate) fn json(facets: &Facets, names: Names<'_>, limits: &Limits) -> Map<String, Value> {
    let counts = |facet: Facet| -> Value {
        let all = facets.counts.get(&facet).into_iter().flatten().take(limits.most_rows);
        all.map(|c| json!({ "value": c.value, "name": names.value(facet, &c.value), "events": c.events })).collect()
    };
    let by_value: Map<String, Value> =
        Facet::ALL.into_iter().map(|(facet, name)| (name.to_owned(), counts(facet))).collect();
    let values: BTreeMap<&str, Option<&usize>> =
        Facet::ALL.into_iter().map(|(facet, name)| (name, facets.distinct.get(&facet))).collect();
    let month =
        |(month, events, score): &(String, u64, f64)| json!({ "month": month, "events": events, "mean_score": score });
    let all = [
        ("total", json!(facets.events)),
        ("facets", by_value.into()),
        ("values", json!(values)),
        ("months", facets.months.iter().map(month).collect()),
    ];
    all.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}
