//! Corrections: kept beside the store, shown at the event, taken only from this explorer's own pages.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use axum::body::Body;
use axum::http::Request;
use readout_web::Settings;
use support::{Answer, Site, plain_reports};

fn open() -> Site {
    Site::with(plain_reports(), Settings { corrections: Some("corrections.jsonl".into()), ..Settings::default() })
}

/// The first event's identifier, and the form's proof.
fn form(site: &Site) -> (String, String) {
    let id = site.get("/search.json?publisher=Kenya&status=fact").json()["events"][0]["event"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = site.get(&format!("/corrections/{id}"));
    let proof = page.page().select("input[name=proof]").attr("value").map(|v| v.to_string()).unwrap_or_default();
    (id, proof)
}

fn send(site: &Site, verdict: &str, changes: &str) -> Answer {
    let (id, proof) = form(site);
    let fields = "type=ASSAULT&mode=Kenya&status=fact&actor=KENGOV&recipient=KENGOV&said_by=KENGOV,Kenya&reason=seen+it&name=Ann";
    site.post(&format!("/corrections/{id}"), &format!("{changes}&proof={proof}&verdict={verdict}&{fields}"))
}

#[test]
fn an_event_is_corrected_and_corrected_again() {
    let site = open();
    assert!(site.get("/corrections").text(".empty").concat().contains("Nothing was corrected yet"));
    let answer = send(&site, "right", "");
    assert_eq!(answer.status, 303, "{}", answer.body);
    let back = answer.header("location").to_owned();
    assert!(back.starts_with("/reports/") && back.contains("#e-"));
    let report = back.split('#').next().unwrap().to_owned();
    assert_eq!(site.get(&report).text(".card .verdict-badge"), ["✓ right"]);
    assert_eq!(send(&site, "amended", "type=THREATEN").status, 303);
    assert_eq!(site.get(&report).text(".card .verdict-badge"), ["✎ amended"]);
    let list = site.get("/corrections");
    assert_eq!(list.text(".correction").len(), 2);
    assert_eq!(list.text(".correction:first-child ins"), ["THREATEN"]);
    assert_eq!(site.get("/corrections?verdict=right").text(".correction").len(), 1);
    assert_eq!(send(&site, "withdrawn", "").status, 303);
    assert_eq!(site.get(&report).text(".card .verdict-badge").len(), 0);
    let json = site.get("/corrections.json").json();
    assert_eq!((&json["total"], &json["corrections"][0]["now"]["state"]), (&3.into(), &"past".into()));
    assert_eq!(site.get("/corrections.csv").body.lines().count(), 4);
    // The store is as it was.
    assert_eq!(site.get("/search.json?type=ASSAULT").json()["total"], 4);
}

#[test]
fn corrections_are_exported_as_gold() {
    let site = open();
    send(&site, "amended", "type=THREATEN");
    let gold = site.get("/gold");
    assert_eq!(
        (gold.status.as_u16(), gold.body.as_str()),
        (200, ""),
        "the other event of the report was not looked at"
    );
    let gold = site.get("/gold?partly=1");
    assert!(gold.header("content-disposition").contains("gold.jsonl"));
    let line: serde_json::Value = serde_json::from_str(gold.body.lines().next().unwrap()).unwrap();
    assert_eq!(line["events"][0]["type"], "THREATEN");
    assert_eq!((line["events"].as_array().unwrap().len(), &line["not_looked_at"]), (2, &1.into()));
}

#[test]
fn what_makes_no_sense_is_not_kept() {
    let site = open();
    for (verdict, changes) in [
        ("", ""),
        ("maybe", ""),
        ("amended", ""),
        ("right", "type=THREATEN"),
        ("amended", "type=NOTHING"),
        ("amended", "status=perhaps"),
        ("wrong", "name="),
        ("wrong", "proof=guessed"),
        ("amended", &format!("actor={}", "A,".repeat(17))),
    ] {
        // Of two fields of a name the first counts; one that is empty counts as none.
        let answer = if changes == "name=" {
            let (id, proof) = form(&site);
            site.post(
                &format!("/corrections/{id}"),
                &format!("proof={proof}&verdict=wrong&type=AID&status=fact&reason=x"),
            )
        } else {
            send(&site, verdict, changes)
        };
        assert_eq!(answer.status, 400, "{verdict} {changes}: {}", answer.body);
    }
    assert_eq!(site.get("/corrections.json").json()["total"], 0);
    assert_eq!(site.get("/corrections/nothing").status, 404);
}

#[test]
fn pages_of_other_sites_change_nothing() {
    let site = open();
    let (id, proof) = form(&site);
    let body = format!("proof={proof}&verdict=wrong&type=ASSAULT&status=fact&reason=x&name=x");
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")] {
        let request = Request::post(format!("/corrections/{id}")).header("host", "localhost").header(name, value);
        assert_eq!(site.send(request.body(Body::from(body.clone())).unwrap()).status, 403, "{name}: {value}");
    }
    assert_eq!(site.get(&format!("/corrections/{id}?{body}")).status, 200, "an address alone changes nothing");
    assert_eq!(site.get("/corrections.json").json()["total"], 0);
}

#[test]
fn without_a_file_none_are_taken() {
    let site = Site::plain();
    let (id, proof) = form(&site);
    assert_eq!(proof, "");
    assert!(site.get(&format!("/corrections/{id}")).text(".notice").concat().contains("--corrections"));
    let answer = site.post(&format!("/corrections/{id}"), "verdict=wrong&type=AID&status=fact&reason=x&name=x");
    assert_eq!(answer.status, 400);
    assert_eq!(site.get(&site.report()).page().select("a[href^='/corrections/']").length(), 0);
}
