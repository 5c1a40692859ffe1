//! How many acts, mentions, articles and sources there are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use readout_export::{Format, Report};
use serde_json::json;
use support::{cells, event, facts, one, record, text};

/// GDELT's numbers of mentions, sources and articles, by actor.
fn numbers(reports: &[Report]) -> Vec<String> {
    let rows = cells(&text(reports, Format::Gdelt, &facts()));
    rows.iter().map(|r| format!("{} {}/{}/{}", r[5], r[31], r[32], r[33])).collect()
}

fn act(id: &str, same_as: Option<&str>) -> serde_json::Value {
    let more = same_as.map_or(json!({}), |s| json!({"same_as": s}));
    event(id, "ACCUSE", &["GHAGOV"], &["MLIGOV"], more)
}

fn copy(mut report: Report, of: &str) -> Report {
    report.copy_of = Some(of.to_owned());
    report
}

#[test]
fn acts_are_told_by_articles_of_sources() {
    let a = one("a", "2020-01-01", "One", act("a1", None));
    let b = one("b", "2020-01-01", "Two", act("b1", Some("a1")));
    let c = one("c", "2020-01-02", "two", act("c1", Some("a1")));
    assert_eq!(numbers(&[a.clone(), b.clone(), c.clone()]), ["GHAGOV 3/2/3"], "outlets go without regard to case");
    assert_eq!(numbers(&[c.clone(), a.clone(), b.clone()]), ["GHAGOV 3/2/3"], "in any order");
    // The event that an act is named after may not be there.
    assert_eq!(numbers(&[b, c]), ["GHAGOV 2/1/2"]);
}

#[test]
fn near_duplicates_are_articles_and_no_acts() {
    let a = one("a", "2020-01-01", "One", act("a1", None));
    let b = copy(one("b", "2020-01-01", "Two", act("b1", None)), "a");
    let c = copy(one("c", "2020-01-01", "Three", act("c1", None)), "b");
    let uncoded = copy(Report::from(record("d", "2020-01-01", "Four", vec![])), "a");
    let expect = ["GHAGOV 4/4/4"];
    assert_eq!(numbers(&[a.clone(), b.clone(), c.clone(), uncoded.clone()]), expect);
    assert_eq!(numbers(&[uncoded, c.clone(), b.clone(), a]), expect, "printed before the original");
    // Where the original is not there, the first copy takes its place.
    assert_eq!(numbers(&[b, c]), ["GHAGOV 2/2/2"]);
}

#[test]
fn what_a_near_duplicate_adds_is_not_taken_for_what_its_original_tells() {
    let a = one("a", "2020-01-01", "One", act("a1", None));
    let other = event("b2", "AID", &["PERGOV"], &["CHLGOV"], json!({}));
    let b = copy(Report::from(record("b", "2020-01-01", "Two", vec![act("b1", None), other])), "a");
    assert_eq!(numbers(&[a, b]), ["GHAGOV 2/2/2"]);
}

#[test]
fn a_document_given_twice_counts_once() {
    let a = one("a", "2020-01-01", "One", act("a1", None));
    assert_eq!(numbers(&[a.clone(), a]), ["GHAGOV 1/1/1"]);
}

#[test]
fn later_mentions_in_the_report_fill_in_what_the_first_leaves_open() {
    let first = event("a1", "ASSAULT", &["MLIGOV"], &[], json!({}));
    let later = event("a2", "ASSAULT", &[], &["NERREB"], json!({"same_as": "a1", "date": "2019-12-30"}));
    let rows =
        cells(&text(&[Report::from(record("a", "2020-01-01", "One", vec![first, later]))], Format::Gdelt, &facts()));
    assert_eq!((rows.len(), rows[0][1].as_str()), (1, "20191230"));
    assert_eq!((rows[0][5].as_str(), rows[0][15].as_str()), ("MLIGOV", "NERREB"));
}
