//! What programs ask under `/v1`: a few operations that make the same values as the pages, strict where pages are lenient,
//! JSON always.
//!
//! [`OPERATIONS`] is the one table of them: requests are found and held against it, and the description that
//! `/v1/openapi.json` gives is made of it, so that neither says what the other does not. What is here for one version stays as
//! it is; what it gives may get more fields.

mod code;
mod describe;
mod parameters;
mod schemas;

use axum::http::Method;
use readout_store::columns::Facet;
use serde_json::{Map, Value};

pub(crate) use code::{coded, is_json, reports};
pub(crate) use describe::describe;
use parameters::{Kind, Parameter};

use crate::address::{ORDERS, Query};
use crate::answer::Fault;
use crate::limits::Limits;
use crate::page::names::STATUSES;
use crate::views::{Asked, Meant, counts, report, search, series};

/// Before all addresses of this version.
const ROOT: &str = "/v1";

/// Where the description is.
const DESCRIPTION: &str = "/v1/openapi.json";

/// What stands in a path for a report's key.
const KEY: &str = "{key}";

/// One thing that programs can ask.
pub(crate) struct Operation {
    /// Its name in the description.
    name: &'static str,
    /// Its address; one that ends in [`KEY`] has a key there.
    path: &'static str,
    /// What it does, in one sentence.
    about: &'static str,
    /// What may stand behind the `?`.
    parameters: fn() -> Vec<Parameter>,
    /// Name of the schema of what it gives.
    gives: &'static str,
    /// How it is done.
    pub(crate) work: Work,
}

/// How an operation is done.
pub(crate) enum Work {
    /// Without the store: the description.
    Describe,
    /// From the store.
    Look(fn(&Asked<'_>) -> Result<Value, Fault>),
    /// By the coder, from what was sent.
    Code,
}

/// All operations.
static OPERATIONS: [Operation; 6] = [
    Operation {
        name: "describe",
        path: DESCRIPTION,
        about: "This description.",
        parameters: Vec::new,
        gives: "Description",
        work: Work::Describe,
    },
    Operation {
        name: "code",
        path: "/v1/code",
        about: "Codes one report or several. Each has one outcome, in the order in which they were sent: its record, or why it \
                was rejected. Nothing is kept.",
        parameters: Vec::new,
        gives: "Outcomes",
        work: Work::Code,
    },
    Operation {
        name: "events",
        path: "/v1/events",
        about: "Events of the store that a filter means, with their sentences and reports, page by page, and counts of all of them.",
        parameters: of_events,
        gives: "Events",
        work: Work::Look(events),
    },
    Operation {
        name: "counts",
        path: "/v1/counts",
        about: "How many events a filter means, by each of their properties and by month.",
        parameters: filter,
        gives: "Counts",
        work: Work::Look(counted),
    },
    Operation {
        name: "series",
        path: "/v1/series",
        about: "Events that a filter means by day, week, month or year, with their mean score.",
        parameters: of_series,
        gives: "Series",
        work: Work::Look(|asked| Ok(series::look(asked)?.json())),
    },
    Operation {
        name: "report",
        path: "/v1/reports/{key}",
        about: "A report of the store with its text and its record.",
        parameters: Vec::new,
        gives: "Report",
        work: Work::Look(|asked| Ok(report::look(asked)?.json())),
    },
];

impl Operation {
    /// The method it is asked with.
    fn method(&self) -> Method {
        if matches!(self.work, Work::Code) { Method::POST } else { Method::GET }
    }

    /// The methods that its address takes, as the header `Allow` names them.
    fn takes(&self) -> &'static str {
        if matches!(self.work, Work::Code) { "POST" } else { "GET, HEAD" }
    }

    /// What stands for the key in a path that is this operation's; "" where it has none.
    fn key_in<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.path.strip_suffix(KEY) {
            Some(start) => path.strip_prefix(start).filter(|key| crate::views::is_identifier(key)),
            None => (path == self.path).then_some(""),
        }
    }

    /// Holds what stands behind the `?` against the parameters.
    pub(crate) fn check(&self, query: &Query, limits: &Limits) -> Result<(), Fault> {
        parameters::check(&(self.parameters)(), query, limits)
    }
}

/// Whether a path belongs to programs.
pub(crate) fn is_under(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The operation that a request asks for, and the key in its path.
pub(crate) fn find<'p>(path: &'p str, method: &Method) -> Result<(&'static Operation, &'p str), Fault> {
    let found = OPERATIONS.iter().find_map(|operation| Some((operation, operation.key_in(path)?)));
    let none = || Fault::missing("there is nothing at this address", format!("{DESCRIPTION} names all that there is"));
    let (operation, key) = found.ok_or_else(none)?;
    let is_taken = operation.takes().split(", ").any(|name| name == method.as_str());
    if is_taken { Ok((operation, key)) } else { Err(Fault::Method { takes: operation.takes() }) }
}

/// Events as the search gives them.
fn events(asked: &Asked<'_>) -> Result<Value, Fault> {
    let mut found = search::look(asked)?.json();
    if let Some(next) = found.get_mut("next") {
        // The same page by page, but at this address.
        let query = next.as_str().and_then(|address| address.strip_prefix(search::JSON)).map(str::to_owned);
        *next = query.map(|query| format!("{ROOT}/events{query}")).into();
    }
    Ok(found)
}

/// The counts that the search shows beside its events.
fn counted(asked: &Asked<'_>) -> Result<Value, Fault> {
    let meant = Meant::of(asked)?;
    let mut json = Map::new();
    json.insert("view".to_owned(), "counts".into());
    json.insert("query".to_owned(), meant.address.query().into());
    json.extend(counts::json(&meant.facets, meant.names, asked.limits));
    Ok(json.into())
}

/// What says which events are meant.
fn filter() -> Vec<Parameter> {
    let facet = |(facet, name)| {
        let kind = match facet {
            Facet::Type => Kind::One(types),
            Facet::Quad => Kind::One(|| (1..=4).map(|quad| quad.to_string()).collect()),
            Facet::Status => Kind::One(|| STATUSES.map(str::to_owned).to_vec()),
            _ => Kind::Value,
        };
        Parameter { name, is_many: true, kind, about: about(facet) }
    };
    let one = |name, kind, about| Parameter { name, is_many: false, kind, about };
    let mut all = vec![one(
        "q",
        Kind::Words,
        "Words of the sentence, as the search takes them: OR, NOT, “phrases”, beginnings*.",
    )];
    all.extend(Facet::ALL.map(facet));
    all.extend([
        one("from", Kind::Day, "First day of the event."),
        one("to", Kind::Day, "Last day of the event."),
        Parameter { name: "at", is_many: true, kind: Kind::Spot, about: "Where: degrees north and east, 30.51,47.78." },
        one("sure", Kind::Whole { least: 0, most: |_| 100 }, "Least confidence in per cent."),
        one("acts", Kind::One(|| vec!["1".to_owned()]), "1: each act once, however many reports tell of it."),
    ]);
    all
}

fn of_events() -> Vec<Parameter> {
    let orders = || ORDERS.map(|(_, name, _)| name.to_owned()).to_vec();
    let one = |name, kind, about| Parameter { name, is_many: false, kind, about };
    let mut all = filter();
    all.extend([
        one("order", Kind::One(orders), "Which first; newest where nothing is said."),
        one(
            "rows",
            Kind::Whole { least: 1, most: |limits| limits.most_rows },
            "Events on a page; 25 where nothing is said.",
        ),
        one("page", Kind::Whole { least: 1, most: |limits| limits.deepest_row }, "Which page, from 1."),
    ]);
    all
}

fn of_series() -> Vec<Parameter> {
    let facets = || Facet::ALL.map(|(_, name)| name.to_owned()).to_vec();
    let one = |name, kind, about| Parameter { name, is_many: false, kind, about };
    let mut all = filter();
    all.extend([
        one(
            "step",
            Kind::One(|| series::steps().map(str::to_owned).collect()),
            "Length of a bin; a fitting one where nothing is said.",
        ),
        one(
            "compare",
            Kind::One(facets),
            "The property whose most frequent values, or those chosen, each have a series.",
        ),
    ]);
    all
}

/// Types of the program's own ontology.
fn types() -> Vec<String> {
    readout_codebook::Codebook::embedded().ontology.kinds().iter().map(|kind| kind.name.clone()).collect()
}

fn about(facet: Facet) -> &'static str {
    match facet {
        Facet::Type => "PLOVER type.",
        Facet::Quad => "Quad class: verbal cooperation, material cooperation, verbal conflict, material conflict.",
        Facet::Status => "Whether it happened.",
        Facet::Actor => "Code of who acts; KEN* for all that begin so.",
        Facet::Recipient => "Code of whom it reaches; KEN* for all that begin so.",
        Facet::Dyad => "Two countries, KEN-UGA.",
        Facet::Speaker => "Code of the innermost speaker; - for none.",
        Facet::Publisher => "Publisher of the report; - for none.",
        Facet::Place => "Where; - for none.",
    }
}
