//! What the tests share: the reports of `data/records.jsonl`, all invented, and what is written of them.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)] // each test uses its part; helpers fail as tests do

use readout_export::{Archive, Format, Options, Report, Summary, export};
use readout_record::{Record, Status};
use serde_json::{Value, json};

/// The invented reports.
pub fn reports() -> Vec<Report> {
    include_str!("../data/records.jsonl").lines().map(report).collect()
}

/// A report as a line of JSON has it.
pub fn report(line: &str) -> Report {
    let value: Value = serde_json::from_str(line).unwrap();
    let copy_of = value["copy_of"].as_str().map(str::to_owned);
    Report { record: serde_json::from_value::<Record>(value).unwrap(), copy_of }
}

/// Facts only, as the command does for formats without a status.
pub fn facts() -> Options {
    Options { statuses: vec![Status::Fact], ..Options::default() }
}

/// All events; of panels, two months.
pub fn two_months() -> Options {
    Options {
        from: Some(jiff::civil::date(2019, 2, 1)),
        to: Some(jiff::civil::date(2019, 3, 31)),
        ..Options::default()
    }
}

pub fn bytes(reports: &[Report], format: Format, options: &Options) -> (Vec<u8>, Summary) {
    let mut out = Vec::new();
    let summary = export(&reports as &dyn Archive, format, options, &mut out).unwrap();
    (out, summary)
}

pub fn text(reports: &[Report], format: Format, options: &Options) -> String {
    String::from_utf8(bytes(reports, format, options).0).unwrap()
}

/// The cells of a tab-separated text.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|l| l.split('\t').map(str::to_owned).collect()).collect()
}

/// A report of one event.
pub fn one(id: &str, published: &str, publisher: &str, event: Value) -> Report {
    Report::from(record(id, published, publisher, vec![event]))
}

pub fn record(id: &str, published: &str, publisher: &str, events: Vec<Value>) -> Record {
    let record =
        json!({"schema": "readout/1", "id": id, "published": published, "publisher": publisher, "events": events});
    serde_json::from_value(record).unwrap()
}

/// An event between parties with these codes.
pub fn event(id: &str, kind: &str, actors: &[&str], recipients: &[&str], more: Value) -> Value {
    let side = |codes: &[&str]| -> Vec<Value> { codes.iter().map(|c| party(c)).collect() };
    let mut event = json!({
        "id": id, "sent": 0, "trigger": "acted", "span": [0, 5], "type": kind, "quad": 3, "score": -2.0,
        "goldstein": -2.5, "cameo": "111", "actor": side(actors), "recipient": side(recipients), "status": "fact",
        "confidence": 0.5,
    });
    event.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    event
}

fn party(code: &str) -> Value {
    let country = Some(&code[..3]).filter(|c| !["IGO", "NGO", "IMG", "MNC", "---"].contains(c));
    let sector = Some(&code[3..]).filter(|s| !s.is_empty() && (country.is_some() || code.starts_with("---")));
    json!({"text": code, "span": [0, 3], "code": code, "country": country, "sector": sector})
}
