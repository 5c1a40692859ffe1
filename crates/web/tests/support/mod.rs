//! Stores to show, and requests without a network.
#![allow(dead_code, missing_docs)] // each file of tests uses some of it

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use dom_query::Document;
use readout_codebook::Codebook;
use readout_record::Record;
use readout_store::{Arrival, Report, Store, Stored, Version, What};
use readout_web::{Code, Coded, Explorer, Given, Limits, Rejected, Sent, Settings};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub fn version() -> Version {
    Version { program: "1".into(), model: "m".into(), actors: "a".into(), codebook: "c".into(), reading: "all".into() }
}

/// A report in which `say` fills every field that others may fill, with two events, one within what somebody says within
/// what somebody else says.
pub fn report(name: &str, say: &str, day: &str, kind: &str) -> Report {
    let words = ["minister ", say, " said ", say, " had ", say, " struck ", say, " in ", say, " on Monday."];
    let mut text = String::new();
    let mut spans = Vec::new();
    for word in words {
        spans.push([text.len(), text.len() + word.len()]);
        text.push_str(word);
    }
    let code = match say {
        "Kenya" => "KENGOV",
        "Uganda" => "UGAGOV",
        "Peru" => "PERGOV",
        other => other,
    };
    let at = |i: usize| spans[i];
    let from = |i: usize, j: usize| [spans[i][0], spans[j][1]];
    let party = |i: usize, country: Value| json!({"text": say, "span": at(i), "name": say, "code": code, "country": country, "sector": say, "inferred": say});
    let id =
        |n: usize| format!("{:0>20}", format!("{name}{n}").bytes().map(|b| format!("{b:02x}")).collect::<String>());
    let event = |n: usize| {
        json!({
            "id": id(n), "sent": 0, "trigger": "struck", "span": at(6), "type": kind, "mode": say, "contexts": [say],
            "cameo": say, "quad": 4, "score": -9.5, "goldstein": -9.0, "status": if n == 0 { "fact" } else { "negated" },
            "actor": [party(3, json!("KEN"))], "recipient": [party(7, json!("UGA"))],
            "place": {"text": say, "span": at(9), "lat": 1.5, "lon": 2.5, "country": say, "admin1": say},
            "when": "on Monday", "when_span": [at(10)[0] + 1, at(10)[0] + 10], "date": day, "granularity": "day",
            "said_by": [
                {"text": say, "span": at(1), "name": say, "code": code, "cue": say},
                {"text": null, "name": null, "code": say, "cue": ""}
            ],
            "rule": say, "confidence": 0.85
        })
    };
    let record: Record = serde_json::from_value(json!({
        "schema": "readout/1", "id": format!("{name} {say}"), "title": say, "uri": say, "author": say, "published": day,
        "publisher": say, "language": "en", "licence": say, "byline": say, "credit": say, "codebook": "c",
        "dateline": {"place": say, "date": day, "span": [0, 8]},
        "sentences": [{"span": [0, text.len()]}],
        "furniture": [{"kind": "dateline", "span": [0, 8], "value": say}],
        "events": [event(0), event(1)],
        "attributions": [
            {"sent": 0, "source": {"text": say, "spans": [at(1)], "name": say, "code": say},
             "cue": {"text": "said", "spans": [at(2)]}, "content": {"text": say, "spans": [from(3, 10)]}, "kind": "indirect"},
            {"sent": 0, "source": {"text": say, "spans": [at(3)], "name": null, "code": say},
             "cue": {"text": "had", "spans": [at(4)]}, "content": {"text": say, "spans": [from(5, 9)]}, "kind": "direct", "nested_in": 0}
        ],
        "problems": [{"span": null, "what": say}]
    }))
    .unwrap();
    Report::new(text, false, true, record)
}

pub fn add(path: &Path, reports: Vec<Report>) {
    let mut store = Store::open_or_create(path, &version()).unwrap();
    let run = store.begin("add", &version()).unwrap();
    let arrival = |(n, report): (usize, Report)| Arrival {
        input: "made.jsonl".into(),
        ordinal: Some(n as u64),
        line: None,
        offset: None,
        hash: readout_store::document_key(&report.record.id, &report.text),
        what: What::Report(Box::new(report)),
    };
    store.write(run, &reports.into_iter().enumerate().map(arrival).collect::<Vec<_>>()).unwrap();
    store.link(1).unwrap();
    store.finish(run).unwrap();
}

/// A store that is gone when this is dropped, and its explorer.
pub struct Site {
    pub path: PathBuf,
    pub explorer: Explorer,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    pub fn of(reports: Vec<Report>) -> Site {
        Site::with(reports, Settings::default())
    }

    pub fn with(reports: Vec<Report>, settings: Settings) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        add(&path, reports);
        let mut settings = settings;
        settings.corrections = settings.corrections.map(|name| folder.path().join(name));
        let explorer = Explorer::open(&path, Some(Box::new(Echo)), settings).unwrap();
        Site { path, explorer, _folder: folder }
    }

    /// Three reports on three days, two types, one publisher each.
    pub fn plain() -> Site {
        Site::of(plain_reports())
    }

    pub fn limited(change: impl FnOnce(&mut Limits)) -> Site {
        let mut limits = Limits::default();
        change(&mut limits);
        Site::with(plain_reports(), Settings { limits, ..Settings::default() })
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let answer = self.explorer.router().oneshot(request).await.unwrap();
            let (head, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            Answer { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&body).into_owned() }
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header("host", "127.0.0.1:4747").body(Body::empty()).unwrap())
    }

    pub fn post(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header("host", "localhost").header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(form.to_owned())).unwrap())
    }

    /// The address of a report's page.
    pub fn report(&self) -> String {
        let key = Store::open(&self.path).unwrap().keys().unwrap().remove(0);
        format!("/reports/{key}")
    }
}

pub fn plain_reports() -> Vec<Report> {
    vec![
        report("one", "Kenya", "2019-02-26", "ASSAULT"),
        report("two", "Uganda", "2019-03-05", "ASSAULT"),
        report("three", "Peru", "2019-03-07", "CONSULT"),
    ]
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    pub fn page(&self) -> Document {
        Document::from(self.body.as_str())
    }

    /// The text of what a selector finds.
    pub fn text(&self, selector: &str) -> Vec<String> {
        self.page().select(selector).iter().map(|n| n.text().to_string()).collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

/// Codes nothing: gives back the text with a report's record.
struct Echo;

impl Code for Echo {
    fn code(&self, text: &str, given: &Given) -> Option<Coded> {
        if text == "fault" {
            return None;
        }
        let mut record = report("pasted", text, "2019-02-26", "ASSAULT");
        record.record.publisher = given.publisher.clone();
        Some(Coded { text: record.text, record: record.record, readings: vec![text.to_owned()] })
    }

    fn outcome(&self, sent: &Sent) -> Result<Record, Rejected> {
        if sent.text.trim().is_empty() {
            return Err(Rejected { reason: "there is no text".to_owned(), hint: "give one".to_owned() });
        }
        let mut record = report("sent", &sent.text, "2019-02-26", "ASSAULT").record;
        record.publisher = sent.publisher.clone();
        Ok(record)
    }

    /// With another codebook everything is aid, and the second event is gone.
    fn compare(&self, report: &Stored, codebook: &Codebook) -> Option<[Record; 2]> {
        let mut after = report.record.clone();
        after.events.truncate(1);
        for event in &mut after.events {
            event.kind = "AID".to_owned();
        }
        assert_ne!(codebook.hash(), Codebook::embedded().hash());
        Some([report.record.clone(), after])
    }

    fn failures(&self, _: &Codebook, blocks: &BTreeSet<&str>) -> Vec<String> {
        blocks.iter().map(|name| format!("<b>{name}</b>")).collect()
    }
}
