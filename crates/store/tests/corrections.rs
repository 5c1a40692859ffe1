//! Corrections: kept line by line, found again after the store was coded anew, exported as hand annotation.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

mod support;

use std::fs;

use readout_record::Event;
use readout_store::Store;
use readout_store::corrections::{CORRECTIONS, Codes, Correction, Gold, Ledger, Placed, Verdict};
use support::{batch, folder, stored};

fn correction(store: &Store, key: &str, event: &Event, verdict: Verdict, gold: Option<Codes>) -> Correction {
    Correction {
        schema: CORRECTIONS.into(),
        at: "2026-01-01T00:00:00Z".into(),
        by: "Ann".into(),
        reason: "because".into(),
        verdict,
        report: key.into(),
        name: store.find(key).unwrap().unwrap().record.id,
        sent: event.sent,
        sentence: String::new(),
        span: event.span,
        trigger: event.trigger.clone(),
        event: event.id.to_string(),
        coded: Codes::of(event),
        gold,
    }
}

#[test]
fn the_last_correction_holds_and_all_are_kept() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let key = store.keys().unwrap().remove(0);
    let events = store.find(&key).unwrap().unwrap().record.events;
    let ledger = Ledger::beside(&path);
    assert!(ledger.path().ends_with("news.db.corrections.jsonl"));
    assert!(ledger.corrections().unwrap().0.all.is_empty());
    let mut last = ledger.corrections().unwrap().1;
    let mut holds = |verdict, gold: Option<Codes>| {
        ledger.add(&correction(&store, &key, &events[0], verdict, gold)).unwrap();
        let (all, version) = ledger.corrections().unwrap();
        assert!(version > last);
        last = version;
        all.place(&key, &events).events[0].map(|c| c.verdict)
    };
    assert_eq!(holds(Verdict::Wrong, None), Some(Verdict::Wrong));
    assert_eq!(holds(Verdict::Right, None), Some(Verdict::Right));
    assert_eq!(holds(Verdict::Withdrawn, None), None);
    assert_eq!(ledger.corrections().unwrap().0.history(&key, events[0].span).count(), 3);
}

#[test]
fn a_broken_line_costs_no_other() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let key = store.keys().unwrap().remove(0);
    let event = store.find(&key).unwrap().unwrap().record.events.remove(0);
    let ledger = Ledger::beside(&path);
    ledger.add(&correction(&store, &key, &event, Verdict::Wrong, None)).unwrap();
    let whole = fs::read_to_string(ledger.path()).unwrap();
    fs::write(ledger.path(), format!("{whole}{}", &whole[..40])).unwrap();
    ledger.add(&correction(&store, &key, &event, Verdict::Right, None)).unwrap();
    let (all, _) = ledger.corrections().unwrap();
    assert_eq!((all.all.len(), all.unreadable.as_slice()), (2, &[2][..]));
}

#[test]
fn a_correction_is_found_after_recoding() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let key = store.keys().unwrap().remove(0);
    let events = store.find(&key).unwrap().unwrap().record.events;
    let ledger = Ledger::beside(&path);
    let gold = Codes { kind: "AID".into(), ..Codes::of(&events[0]) };
    ledger.add(&correction(&store, &key, &events[0], Verdict::Amended, Some(gold))).unwrap();
    let (all, _) = ledger.corrections().unwrap();
    let anew = |change: &dyn Fn(&mut serde_json::Value)| -> Event {
        let mut value = serde_json::to_value(&events[0]).unwrap();
        value["id"] = "ffffffffffffffffffff".into();
        change(&mut value);
        serde_json::from_value(value).unwrap()
    };
    let other = |v: &mut serde_json::Value| v["type"] = "THREATEN".into();
    // Under another identifier; as what it was amended to; as another type; with a word more; beside another event.
    for events in [
        vec![anew(&|_| {})],
        vec![anew(&|v| v["type"] = "AID".into())],
        vec![anew(&other)],
        vec![anew(&|v| v["span"] = serde_json::json!([36, 44]))],
    ] {
        assert!(all.place(&key, &events).events[0].is_some(), "{events:?}");
    }
    let placed = all.place(&key, &[anew(&other), anew(&|_| {})]);
    assert_eq!(found(&placed), (vec![false, true], 0, 0));
    let placed = all.place(&key, &[anew(&|v| v["span"] = serde_json::json!([1, 2]))]);
    assert_eq!(found(&placed), (vec![false], 0, 1));
}

/// Which events have a correction, how many were missed, how many corrections are lost.
fn found(placed: &Placed<'_>) -> (Vec<bool>, usize, usize) {
    (placed.events.iter().map(Option::is_some).collect(), placed.missed.len(), placed.lost.len())
}

/// That an event was missed at "said" of a report, whose coded event is another.
fn missed(store: &Store, key: &str, kind: &str) -> Correction {
    let event = store.find(key).unwrap().unwrap().record.events.remove(0);
    let gold = Codes { kind: kind.into(), recipient: vec!["UGAGOV".into()], ..Codes::of(&event) };
    Correction {
        span: [17, 21],
        trigger: "said".into(),
        event: String::new(),
        coded: Codes::default(),
        ..correction(store, key, &event, Verdict::Missed, Some(gold))
    }
}

#[test]
fn an_event_that_was_missed_stands_by_itself_until_it_is_coded() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let key = store.keys().unwrap().remove(0);
    let events = store.find(&key).unwrap().unwrap().record.events;
    let ledger = Ledger::beside(&path);
    ledger.add(&missed(&store, &key, "ACCUSE")).unwrap();
    let anew = |kind: &str, span: [usize; 2]| -> Event {
        let mut value = serde_json::to_value(&events[0]).unwrap();
        value["id"] = "ffffffffffffffffffff".into();
        value["type"] = kind.into();
        value["span"] = serde_json::json!(span);
        serde_json::from_value(value).unwrap()
    };
    let check = |coded: Option<Event>, expect: (Vec<bool>, usize, usize)| {
        let (all, _) = ledger.corrections().unwrap();
        let events: Vec<Event> = events.iter().cloned().chain(coded).collect();
        assert_eq!(found(&all.place(&key, &events)), expect, "{events:?}");
    };
    check(None, (vec![false], 1, 0));
    // Coded by now, with a word more or as it is; another act of the same words is another.
    check(Some(anew("ACCUSE", [17, 21])), (vec![false, true], 0, 0));
    check(Some(anew("ACCUSE", [12, 21])), (vec![false, true], 0, 0));
    check(Some(anew("AID", [17, 21])), (vec![false, false], 1, 0));
    // Said anew of the same words it is one still; taken back it is none.
    ledger.add(&missed(&store, &key, "THREATEN")).unwrap();
    check(None, (vec![false], 1, 0));
    check(Some(anew("ACCUSE", [17, 21])), (vec![false, false], 1, 0));
    ledger.add(&Correction { verdict: Verdict::Withdrawn, gold: None, ..missed(&store, &key, "THREATEN") }).unwrap();
    check(None, (vec![false], 0, 0));
}

#[test]
fn gold_has_what_was_missed() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let key = store.keys().unwrap().remove(0);
    let event = store.find(&key).unwrap().unwrap().record.events.remove(0);
    let ledger = Ledger::beside(&path);
    let gold = |partly| {
        let gold = Gold::of(&store, &ledger.corrections().unwrap().0, partly).unwrap();
        let line = gold.lines.lines().next().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        (gold.reports, gold.unfinished, line.map(|line| line["events"].clone()))
    };
    ledger.add(&missed(&store, &key, "ACCUSE")).unwrap();
    assert_eq!(gold(false), (0, 1, None), "the event that was coded was not looked at");
    let types = |events: serde_json::Value| -> Vec<String> {
        events.as_array().unwrap().iter().map(|e| e["type"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(types(gold(true).2.unwrap()), [event.kind.as_str(), "ACCUSE"]);
    ledger.add(&correction(&store, &key, &event, Verdict::Wrong, None)).unwrap();
    let (reports, unfinished, events) = gold(false);
    assert_eq!((reports, unfinished), (1, 0));
    assert_eq!(
        events.unwrap()[0],
        serde_json::json!({
            "sent": 0, "trigger": "said", "type": "ACCUSE", "mode": null, "status": "fact",
            "actor": ["KENGOV"], "recipient": ["UGAGOV"], "said_by": ["KENGOV"],
        })
    );
}

#[test]
fn gold_has_what_was_looked_at() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let keys = store.keys().unwrap();
    let ledger = Ledger::beside(&path);
    for (key, verdict) in keys.iter().zip([Verdict::Right, Verdict::Wrong, Verdict::Amended, Verdict::Withdrawn]) {
        let event = store.find(key).unwrap().unwrap().record.events.remove(0);
        let gold = Codes { kind: "AID".into(), actor: vec!["KENGOV".into(), "TZAGOV".into()], ..Codes::of(&event) };
        let gold = (verdict == Verdict::Amended).then_some(gold);
        ledger.add(&correction(&store, key, &event, verdict, gold)).unwrap();
    }
    let (all, _) = ledger.corrections().unwrap();
    let gold = Gold::of(&store, &all, false).unwrap();
    assert_eq!((gold.reports, gold.unfinished, gold.lost), (3, 0, 0));
    let lines: Vec<serde_json::Value> = gold.lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let of = |name: &str| lines.iter().find(|l| l["id"] == name).unwrap();
    let name = |i: usize| store.find(&all.all[i].report).unwrap().unwrap().record.id;
    assert_eq!(of(&name(0))["events"].as_array().unwrap().len(), 1);
    assert_eq!(of(&name(1))["events"].as_array().unwrap().len(), 0);
    let amended = &of(&name(2))["events"][0];
    assert_eq!((&amended["type"], &amended["actor"][1]["code"]), (&"AID".into(), &"TZAGOV".into()));
    assert_eq!(amended["said_by"], serde_json::json!(["KENGOV"]));
    assert!(of(&name(0))["sentences"][0].as_str().unwrap().starts_with("Kenya's minister"));
}
