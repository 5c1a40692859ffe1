//! Which mentions are linked, told in short: one line an event, one call a report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use readout_record::{Counts, Reach, Record, link};
use serde_json::{Value, json};

/// A report from lines "sentence trigger TYPE ACTOR > RECIPIENT [status|date|country]…".
fn report(id: &str, published: &str, events: &[&str]) -> Record {
    let party = |codes: &str| -> Vec<Value> {
        codes.split(',').filter(|c| *c != "-").map(|c| json!({"text": c, "span": [0, 1], "code": c})).collect()
    };
    let event = |(i, line): (usize, &&str)| {
        let w: Vec<&str> = line.split(' ').collect();
        let (kind, mode) = w[2].split_once('/').unwrap_or((w[2], ""));
        let mut e = json!({"id": format!("{id}{i}"), "sent": w[0].parse::<usize>().unwrap(), "trigger": w[1], "span": [0, 1],
            "type": kind, "quad": 4, "score": -1.0, "actor": party(w[3]), "recipient": party(w[5]), "status": "fact"});
        if !mode.is_empty() {
            e["mode"] = mode.into();
        }
        for extra in &w[6..] {
            match *extra {
                "future" | "historical" | "negated" | "hypothetical" => e["status"] = (*extra).into(),
                day if day.contains('-') => e["date"] = day.into(),
                country => e["place"] = json!({"text": "x", "span": [0, 1], "country": country}),
            }
        }
        e
    };
    let events: Vec<Value> = events.iter().enumerate().map(event).collect();
    let published = if published.is_empty() { Value::Null } else { published.into() };
    serde_json::from_value(json!({"schema": "readout/1", "id": id, "published": published, "events": events})).unwrap()
}

/// Of each event, in order, the one it is linked to, or "-".
fn links(records: &[Record]) -> Vec<String> {
    let first = |e: &readout_record::Event| e.same_as.as_ref().map_or("-".to_owned(), ToString::to_string);
    records.iter().flat_map(|r| r.events.iter().map(first)).collect()
}

fn check(events: &[&str], expect: &[&str]) {
    let mut records = [report("a", "2024-05-02", events)];
    link(&mut records, Reach::Document);
    assert_eq!(links(&records), expect, "{events:?}");
}

#[test]
fn a_report_tells_of_an_act_again() {
    check(&["0 shelled ASSAULT MLIMIL > TCDMIL", "3 shelling ASSAULT MLIGOV > TCDMIL"], &["-", "a0"]);
    check(&["0 shelled ASSAULT MLIMIL > TCDMIL", "3 attack ASSAULT MLIGOV > TCDGOV"], &["-", "a0"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL", "2 raid ASSAULT - > -"], &["-", "a0"]);
    check(&["0 met CONSULT GHAGOV,TGOGOV > -", "4 talks CONSULT GHAGOV,TGOGOV > -"], &["-", "a0"]);
    check(&["0 arrested COERCE KENCOP > KENOPP", "1 arrests COERCE KENCOP > -"], &["-", "a0"]);
}

#[test]
fn another_act_stays_apart() {
    check(&["0 killed ASSAULT MLIMIL > TCDMIL", "0 wounded ASSAULT MLIMIL > TCDMIL"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL", "2 raid ASSAULT NERMIL > TCDMIL"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL", "2 raid ASSAULT TCDMIL > MLIMIL"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL 2024-05-01", "2 raid ASSAULT MLIMIL > TCDMIL 2024-04-20"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL TCD", "2 raid ASSAULT MLIMIL > TCDMIL MLI"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL", "2 raid ASSAULT MLIMIL > TCDMIL future"], &["-", "-"]);
    check(&["0 raid ASSAULT MLIMIL > TCDMIL", "2 raid ASSAULT - > - negated"], &["-", "-"]);
    check(&["0 condemned ACCUSE MLIGOV > TCDGOV", "2 criticised ACCUSE MLIGOV > TCDGOV"], &["-", "-"]);
    check(&["0 detained COERCE/arrest MLIGOV > TCDGOV", "2 seized COERCE/seize MLIGOV > TCDGOV"], &["-", "-"]);
}

#[test]
fn what_a_mention_adds_tells_later_ones_apart() {
    check(
        &["0 raid ASSAULT MLIMIL > -", "1 raid ASSAULT MLIMIL > TCDMIL 2024-05-01", "2 raid ASSAULT MLIMIL > NERMIL"],
        &["-", "a0", "-"],
    );
}

#[test]
fn reports_of_the_same_days_tell_of_one_act() {
    let monday = |id| report(id, "2024-05-06", &["0 shelled ASSAULT MLIMIL > TCDMIL", "1 shelling ASSAULT - > -"]);
    let later = |id, day| report(id, day, &["0 attack ASSAULT MLIMIL > TCDMIL"]);
    for (reach, expect) in [
        (Reach::Days(1), ["b0", "b0", "-", "b0", "b0", "-"]),
        (Reach::Days(0), ["b0", "b0", "-", "b0", "-", "-"]),
        (Reach::Document, ["-", "a0", "-", "b0", "-", "-"]),
    ] {
        // Order of the input does not matter: the earliest by day and identifier is the first.
        let mut records = [monday("c"), monday("b"), later("d", "2024-05-07"), later("e", "2024-05-20")];
        records[0] = report("c", "2024-05-06", &["0 shelled ASSAULT MLIMIL > TCDMIL", "1 shelling ASSAULT - > -"]);
        let counts = link(&mut records, reach);
        let expect: Vec<String> =
            expect.iter().map(|e| if *e == "a0" { "c0".to_owned() } else { (*e).to_owned() }).collect();
        assert_eq!(links(&records), expect, "{reach:?}");
        let firsts = links(&records).iter().filter(|l| *l == "-").count();
        assert_eq!(counts, Counts { mentions: 6, acts: firsts });
        let once = records.clone();
        link(&mut records, reach);
        assert_eq!(records, once, "linking again changes nothing");
    }
}

#[test]
fn across_reports_both_sides_must_be_told() {
    let mut records = [
        report("a", "2024-05-06", &["0 raid ASSAULT - > TCDMIL"]),
        report("b", "2024-05-06", &["0 raid ASSAULT - > TCDMIL"]),
        report("c", "", &["0 raid ASSAULT MLIMIL > TCDMIL"]),
        report("d", "2024-05-06", &["0 raid ASSAULT MLIMIL > TCDMIL"]),
    ];
    link(&mut records, Reach::Days(1));
    assert_eq!(links(&records), ["-", "-", "-", "-"]);
}

#[test]
fn a_dated_act_is_told_by_reports_further_apart() {
    let mut records = [
        report("a", "2024-05-02", &["0 raid ASSAULT MLIMIL > TCDMIL 2024-05-01"]),
        report("b", "2024-05-06", &["0 attack ASSAULT MLIMIL > TCDMIL 2024-05-01"]),
        report("c", "2024-05-06", &["0 attack ASSAULT MLIMIL > TCDMIL 2024-05-05"]),
    ];
    link(&mut records, Reach::Days(1));
    assert_eq!(links(&records), ["-", "a0", "-"]);
}
