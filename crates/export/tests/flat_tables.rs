//! Flat events and attributions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use readout_export::{Format, Options};
use support::{bytes, reports, text, two_months};

fn header(format: Format) -> Vec<String> {
    text(&reports(), format, &two_months()).lines().next().unwrap().split(',').map(str::to_owned).collect()
}

#[test]
fn every_event_is_a_row() {
    let all: usize = reports().iter().map(|r| r.record.events.len()).sum();
    for format in [Format::Jsonl, Format::Csv, Format::Parquet] {
        let (_, summary) = bytes(&reports(), format, &Options::default());
        assert_eq!(summary.rows, all as u64, "{format:?}");
        assert!(summary.left_out.is_empty());
    }
    let lines = text(&reports(), Format::Jsonl, &Options::default());
    assert_eq!(lines.lines().count(), all);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["document"], &first["type"]), (&"a-1".into(), &"ACCUSE".into()));
    assert_eq!(first["actor"].as_array().unwrap().len(), 2);
}

#[test]
fn lists_are_joined_and_keep_their_places() {
    let text = text(&reports(), Format::Csv, &Options::default());
    let line = text.lines().nth(1).unwrap();
    assert!(line.contains(",GHAGOV; TGOGOV,GHA; TGO,452; 461,452; 461,GOV; GOV,"), "{line}");
    assert!(line.contains("\"'=HYPERLINK(\"\"x\"\")\""), "a title runs no formula: {line}");
    assert!(line.contains(",military; territory,111,3,-2.0,-2.0,fact,2019-02-26,"), "{line}");
}

#[test]
fn columns_are_described() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/exports.md")).unwrap();
    for format in [Format::Csv, Format::AttributionsCsv, Format::PanelCsv] {
        for column in header(format) {
            assert!(page.contains(&format!("`{column}`")), "docs/exports.md does not describe {column} of {format:?}");
        }
    }
}

#[test]
fn a_parquet_file_has_its_marks() {
    for format in [Format::Parquet, Format::AttributionsParquet, Format::PanelParquet] {
        let (out, _) = bytes(&reports(), format, &two_months());
        assert!(out.starts_with(b"PAR1") && out.ends_with(b"PAR1"), "{format:?}");
        let (again, _) = bytes(&reports(), format, &two_months());
        assert!(out == again, "{format:?}: the same bytes");
    }
}

#[test]
fn nothing_in_gives_a_table_without_rows() {
    for format in [Format::Csv, Format::Parquet, Format::AttributionsCsv, Format::Icews, Format::PanelCsv] {
        let (out, summary) = bytes(&[], format, &Options::default());
        assert_eq!((summary.rows, out.is_empty()), (0, false), "{format:?}");
    }
}
