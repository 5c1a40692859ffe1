//! Whose word: what speakers and outlets say of the same matters, side by side.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use readout_store::Report;
use serde_json::{Value, json};
use support::Site;

/// A report of an outlet from lines "SPEAKER TYPE ACTOR > RECIPIENT [status]", "-" for none, one sentence each.
fn told(outlet: &str, day: &str, lines: &[&str]) -> Report {
    let (mut text, mut sentences, mut events) = (String::new(), Vec::new(), Vec::new());
    for (i, line) in lines.iter().enumerate() {
        let w: Vec<&str> = line.split(' ').collect();
        let start = text.len();
        text.push_str(&format!("In the {outlet}, {line} was told at some length to those who came. "));
        let party = |code: &str| -> Vec<Value> {
            (code != "-").then(|| json!({"text": code, "span": [start, start + 2], "code": code})).into_iter().collect()
        };
        let said: Vec<Value> = (w[0] != "-")
            .then(|| json!({"text": "minister", "span": [start, start + 2], "code": w[0], "cue": "said"}))
            .into_iter()
            .collect();
        let id = format!("{i}{day}{outlet}").bytes().map(|b| format!("{b:02x}")).collect::<String>();
        events.push(json!({"id": id, "sent": i, "trigger": "told", "span": [start + 3, start + 6], "type": w[1],
            "quad": if w[1] == "AID" { 2 } else { 4 }, "score": -5.0, "status": w.get(5).unwrap_or(&"fact"),
            "actor": party(w[2]), "recipient": party(w[4]), "said_by": said, "rule": "assault/noun", "confidence": 0.8}));
        sentences.push(json!({"span": [start, text.len() - 1]}));
    }
    let record = json!({"schema": "readout/1", "id": format!("{outlet} {day}"), "title": format!("From the {outlet}"), "published": day,
        "publisher": outlet, "language": "en", "sentences": sentences, "events": events});
    Report::new(text, false, true, serde_json::from_value(record).unwrap())
}

fn border() -> Site {
    Site::of(vec![
        told("Daily", "2024-05-02", &["KENGOV ASSAULT UGAMIL > KENMIL", "UGAGOV ASSAULT UGAMIL > KENMIL negated"]),
        told("Weekly", "2024-05-03", &["- ASSAULT UGAMIL > KENCVL"]),
        told("Monthly", "2024-05-03", &["TZAGOV AID TZAGOV > KENGOV", "TZAGOV AID UGAGOV > KENGOV"]),
        told("Gazette", "2024-09-01", &["- ASSAULT UGAMIL > KENCVL"]),
    ])
}

#[test]
fn the_start_page_leads_to_what_is_contested() {
    let site = border();
    let page = site.get("/claims");
    assert_eq!(page.text(".dispute").len(), 1, "{}", page.body);
    assert!(page.text(".dispute").concat().contains("one says so, another denies it"));
    let href = page.page().select(".dispute a").attr("href").unwrap().to_string();
    let json = site.get("/claims.json").json();
    assert_eq!(json["disputes"][0]["voices"], 3);
    assert_eq!(site.get("/claims.csv").body.lines().count(), 2);
    let page = site.get(&href);
    assert_eq!(page.status, 200);
    assert_eq!(page.text("section.matter").len(), 2);
    assert_eq!(page.text("#m1 .standing"), ["contested"]);
    assert!(site.get("/claims?from=2025-01-01").text(".empty").concat().contains("two voices"));
}

#[test]
fn claims_stand_side_by_side() {
    let site = border();
    let page = site.get("/claims?between=KEN-UGA&to=2024-05-31");
    let claims: Vec<String> = page.text("#m1 .claim h3");
    assert_eq!(claims, ["Kenya, government", "Weekly", "Uganda, government"]);
    assert_eq!(page.text("#m1 .verdict"), ["Kenya, government and Weekly say so; Uganda, government denies it."]);
    let facts = page.text("#m1 .carried-by").concat();
    for expect in [
        "On its own wordWeekly",
        "Passes on what others sayDaily",
        "Silent outletsMonthly",
        "Silent speakersTanzania, government",
    ] {
        assert!(facts.contains(expect), "{facts}");
    }
    // The table has a row a matter and a column a voice, with the same signs.
    assert_eq!(page.text(".matrix thead th .name").len(), 6);
    assert_eq!(page.text(".matrix tbody tr:first-child td .unseen").len(), 6);
    assert_eq!(page.text(".matrix tbody tr:first-child td.denies .unseen"), ["denies it"]);
    let json = site.get("/claims.json?between=KEN-UGA&to=2024-05-31").json();
    assert_eq!(json["matters"][0]["standing"], "contested");
    assert_eq!(json["matters"][0]["claims"].as_array().unwrap().len(), 3);
    assert_eq!(json["matters"].as_array().unwrap().len(), 2);
    let csv = site.get("/claims.csv?between=KEN-UGA&to=2024-05-31").body;
    assert!(csv.lines().count() == 5 && csv.contains("denies"), "{csv}");
    // Either order of the two is the same, and all days have the later act too.
    assert_eq!(site.get("/claims?between=UGA-KEN").text("section.matter").len(), 3);
}

#[test]
fn an_event_leads_to_its_claims() {
    let site = border();
    let search = site.get("/?publisher=Gazette");
    let href = search.page().select(".result a[href^='/claims']").attr("href").unwrap().to_string();
    let page = site.get(&href);
    assert_eq!(page.text("#m1 .standing"), ["one voice"]);
    assert_eq!(page.text("#m1 .verdict"), ["Only Gazette says so."]);
    let report = site.get(&site.report());
    assert_eq!(report.page().select(".card a[href^='/claims']").length(), 2);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let site = border();
    for (path, status) in [
        ("/claims?event=nothing", 404),
        ("/claims?between=KEN", 400),
        ("/claims?between=K-U", 400),
        ("/claims?between=KEN-UGA&from=x", 400),
        ("/claims?between=PER-CHL", 200),
    ] {
        assert_eq!(site.get(path).status, status, "{path}");
    }
    assert!(site.get("/claims?between=PER-CHL").text(".empty").concat().contains("Nobody speaks"));
    let cut = Site::limited(|l| l.claims = 1).get("/claims?between=KEN-KEN");
    assert!(cut.text(".notice").concat().contains("There is more"), "{}", cut.body);
}
