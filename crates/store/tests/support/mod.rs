//! Stores and reports to test with.
#![allow(dead_code, missing_docs)] // each file of tests uses some of it

use std::path::{Path, PathBuf};

use readout_record::Record;
use readout_store::{Arrival, Report, Store, Version, What};
use serde_json::json;

pub fn version() -> Version {
    Version { program: "1".into(), model: "m".into(), actors: "a".into(), codebook: "c".into(), reading: "all".into() }
}

pub fn open(path: &Path) -> Store {
    Store::open_or_create(path, &version()).unwrap()
}

/// A report of one sentence with one event, of type `kind` between two countries.
pub fn report(name: &str, published: Option<&str>, publisher: Option<&str>, kind: &str) -> Report {
    let text = format!("Kenya's minister said in {name} that Kenya had met Uganda near Lake Turkana, as {kind}.");
    let record: Record = serde_json::from_value(json!({
        "schema": "readout/1", "id": name, "published": published, "publisher": publisher, "codebook": "c",
        "language": "en", "credit": "APA",
        "sentences": [{"span": [0, text.len()]}],
        "furniture": [{"kind": "dateline", "span": [0, 5], "value": "NAIROBI"}],
        "dateline": {"place": "NAIROBI", "date": published, "span": [0, 5]},
        "events": [{
            "id": format!("{:0>20}", format!("{name}{kind}").bytes().map(|b| format!("{b:02x}")).collect::<String>()),
            "sent": 0, "trigger": "met", "span": [36, 39], "type": kind, "contexts": ["legal", "military"],
            "cameo": "040", "quad": 1, "score": -7.3, "goldstein": 2.8, "status": "fact",
            "actor": [{"text": "Kenya", "span": [0, 5], "code": "KENGOV", "country": "KEN", "sector": "GOV"}],
            "recipient": [{"text": "Uganda", "span": [40, 46], "code": "UGA", "country": "UGA", "inferred": "office"}],
            "place": {"text": "Lake Turkana", "span": [52, 64], "lat": 3.65, "lon": 36.1, "country": "KEN"},
            "when": "in May", "when_span": [1, 2], "date": "2019-05-01/2019-05-31", "granularity": "month",
            "said_by": [{"text": "Kenya's minister", "span": [0, 16], "code": "KENGOV", "cue": "said"}],
            "rule": "consult/meet", "confidence": 0.85
        }],
        "attributions": [{
            "sent": 0, "source": {"text": "Kenya's minister", "spans": [[0, 16]], "code": "KENGOV"},
            "cue": {"text": "said", "spans": [[17, 21]]}, "content": {"text": "that", "spans": [[26, 30], [31, 35]]},
            "kind": "indirect"
        }],
        "problems": [{"span": null, "what": "nothing much"}]
    }))
    .unwrap();
    Report::new(text, false, true, record)
}

pub fn arrival(input: &str, ordinal: u64, report: Report) -> Arrival {
    let hash = readout_store::document_key(&format!("{:?}", report.record), &report.text);
    let line = Some(ordinal + 1);
    Arrival {
        input: input.into(),
        ordinal: Some(ordinal),
        line,
        offset: None,
        hash,
        what: What::Report(Box::new(report)),
    }
}

pub fn rejected(input: &str, ordinal: u64) -> Arrival {
    let what = What::Rejected("the text is empty".into());
    Arrival { input: input.into(), ordinal: Some(ordinal), line: None, offset: Some(7), hash: "r".into(), what }
}

/// Ten reports on four days, some of one act, one without a day, one rejected.
pub fn batch() -> Vec<Arrival> {
    let mut out: Vec<Arrival> = (0..10)
        .map(|i| {
            let day = format!("2019-05-{:02}", 10 + i % 4);
            let published = (i != 9).then_some(day.as_str());
            let kind = if i < 7 { "CONSULT" } else { "ASSAULT" };
            arrival("news.jsonl", i, report(&format!("r{i}"), published, Some("Daily"), kind))
        })
        .collect();
    out.push(rejected("news.jsonl", 10));
    out
}

pub fn stored(path: &Path, batches: &[Vec<Arrival>]) -> String {
    let mut store = open(path);
    let run = store.begin("add", &version()).unwrap();
    for batch in batches {
        store.write(run, batch).unwrap();
        store.link(1).unwrap();
    }
    store.finish(run).unwrap();
    store.contents().unwrap().hash
}

pub fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    (folder, path)
}

pub fn sqlite(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}
