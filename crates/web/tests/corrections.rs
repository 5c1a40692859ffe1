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

/// The form for an event that was missed at some words of the first report, and its proof.
fn missed(site: &Site, query: &str) -> (String, Answer, String) {
    let path =
        site.get("/search.json?publisher=Kenya").json()["events"][0]["report"]["key"].as_str().unwrap().to_owned();
    let path = format!("/missed/{path}");
    let page = site.get(&format!("{path}?{query}"));
    let proof = page.page().select("input[name=proof]").attr("value").map(|v| v.to_string()).unwrap_or_default();
    (path, page, proof)
}

fn add(site: &Site, changes: &str) -> Answer {
    let (path, page, proof) = missed(site, "words=said");
    let at = page.page().select("input[name=at]").attr("value").unwrap().to_string();
    let fields = "type=THREATEN&mode=&status=fact&actor=KENGOV&recipient=UGAGOV, UGAMIL&said_by=KENGOV&reason=overlooked&name=Ann";
    site.post(&path, &format!("{changes}&proof={proof}&words=said&at={at}&{fields}"))
}

#[test]
fn words_of_an_event_that_was_missed_are_found() {
    let site = open();
    let report = site.get(&site.report());
    assert_eq!(report.page().select(".missed form[action^='/missed/'] input[name=words]").length(), 1);
    assert_eq!(missed(&site, "").1.text("form input[name=words]").len(), 1);
    assert_eq!(missed(&site, "words=Kenya").1.text(".places li").len(), 5);
    let near = missed(&site, "words=Kenya&at=22").1;
    assert_eq!(near.text(".sentence .act"), ["Kenya"]);
    assert_eq!(near.page().select("input[name=at]").attr("value").unwrap().to_string(), "20");
    assert!(missed(&site, "words=nowhere").1.text(".notice").concat().contains("stands in no sentence"));
    assert_eq!(missed(&site, "words=struck").1.text(".beside li").len(), 2, "what is coded there");
    assert_eq!(site.get(&format!("{}?words={}", missed(&site, "").0, "x".repeat(300))).status, 400);
    assert_eq!(site.get("/missed/0123").status, 404);
}

#[test]
fn an_event_that_was_missed_is_added_and_taken_back() {
    let site = open();
    let answer = add(&site, "");
    assert_eq!(answer.status, 303, "{}", answer.body);
    let back = answer.header("location").to_owned();
    assert!(back.starts_with("/reports/") && back.ends_with("#missed"), "{back}");
    let report = back.split('#').next().unwrap().to_owned();
    let page = site.get(&report);
    assert_eq!(page.text(".missed li b"), ["THREATEN: KENGOV → UGAGOV, UGAMIL, said by KENGOV"]);
    assert_eq!(page.text(".article a[href='#missed']"), ["said"]);
    assert_eq!(site.get(&format!("{report}.json")).json()["missed"][0]["trigger"], "said");
    let list = site.get("/corrections?verdict=missed");
    assert_eq!(
        list.text(".correction .line b").first().map(String::as_str),
        Some("THREATEN: KENGOV → UGAGOV, UGAMIL, said by KENGOV")
    );
    assert_eq!(site.get("/corrections.json").json()["corrections"][0]["now"]["state"], "stands");
    let again = list.page().select(".correction .line a").attr("href").unwrap().to_string();
    assert_eq!(
        site.get(&again).page().select("input[name=recipient]").attr("value").unwrap().to_string(),
        "UGAGOV, UGAMIL"
    );
    let gold: serde_json::Value = serde_json::from_str(&site.get("/gold?partly=1").body).unwrap();
    assert_eq!((gold["events"].as_array().unwrap().len(), &gold["events"][2]["type"]), (3, &"THREATEN".into()));
    assert_eq!(add(&site, "verdict=withdrawn").status, 303);
    assert!(site.get(&report).text(".missed li").is_empty());
    assert_eq!(site.get("/gold?partly=1").body, "");
    // The store is as it was.
    assert_eq!(site.get("/search.json").json()["total"], 6);
}

#[test]
fn what_is_no_event_that_was_missed_is_not_kept() {
    let site = open();
    for changes in [
        "proof=guessed",
        "at=3",
        "words=nowhere",
        "type=NOTHING",
        "status=perhaps",
        "verdict=withdrawn",
        "verdict=right",
        "words=struck&at=36&type=ASSAULT", // is coded there
    ] {
        let answer = add(&site, changes);
        assert_eq!(answer.status, 400, "{changes}: {}", answer.body);
    }
    assert_eq!(site.get("/corrections.json").json()["total"], 0);
    assert_eq!(send(&site, "missed", "").status, 400, "an event that is coded was not missed");
    let closed = Site::plain();
    assert!(missed(&closed, "words=said").1.text(".notice").concat().contains("--corrections"));
    assert_eq!(closed.get(&closed.report()).page().select(".missed").length(), 0);
    assert_eq!(
        closed.post(&missed(&closed, "").0, "words=said&at=15&type=AID&status=fact&reason=x&name=x").status,
        400
    );
}
