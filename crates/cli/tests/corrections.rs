//! Corrections through the whole program: coded, corrected, exported, scored; and coded anew.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use readout_store::Store;
use readout_store::corrections::{CORRECTIONS, Codes, Correction, Gold, Ledger, Verdict};

fn readout(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_readout")).args(args).output().unwrap();
    assert!(matches!(output.status.code(), Some(0)), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Says of every event of a store what `verdict` tells, by its number.
fn correct(store: &Path, ledger: &Ledger, verdict: impl Fn(usize) -> Verdict) -> usize {
    let store = Store::open(store).unwrap();
    let mut number = 0;
    for key in store.keys().unwrap() {
        let stored = store.find(&key).unwrap().unwrap();
        for event in &stored.record.events {
            let verdict = verdict(number);
            let gold = Codes { kind: "MOBILIZE".into(), mode: None, ..Codes::of(event) };
            let correction = Correction {
                schema: CORRECTIONS.into(),
                at: "2026-01-01T00:00:00Z".into(),
                by: "Ann".into(),
                reason: "read".into(),
                verdict,
                report: key.clone(),
                name: stored.record.id.clone(),
                sent: event.sent,
                sentence: String::new(),
                span: event.span,
                trigger: event.trigger.clone(),
                event: event.id.to_string(),
                coded: Codes::of(event),
                gold: (verdict == Verdict::Amended).then_some(gold),
            };
            ledger.add(&correction).unwrap();
            number += 1;
        }
    }
    number
}

#[test]
fn corrections_become_gold_that_is_scored() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let reports = [
        r#"{"id":"a","published":"2024-05-02","text":"Kenya accused Uganda of a raid on a border town. Peru met Chile in Lima."}"#,
        r#"{"id":"b","published":"2024-05-03","text":"Ugandan troops shelled a Kenyan town. Tanzania condemned the attack by Uganda."}"#,
    ];
    fs::write(at("reports.jsonl"), reports.join("\n")).unwrap();
    let (store, reports) = (at("news.db"), at("reports.jsonl"));
    readout(&["add", store.to_str().unwrap(), reports.to_str().unwrap(), "--quiet"]);
    let ledger = Ledger::beside(&store);
    // The first is amended, the second is wrong, the others are right.
    let events =
        correct(&store, &ledger, |n| [Verdict::Amended, Verdict::Wrong].get(n).copied().unwrap_or(Verdict::Right));
    assert!(events >= 4, "{events}");
    let (all, _) = ledger.corrections().unwrap();
    let gold = Gold::of(&Store::open(&store).unwrap(), &all, false).unwrap();
    assert_eq!((gold.reports, gold.unfinished, gold.lost), (2, 0, 0));
    fs::write(at("gold.jsonl"), &gold.lines).unwrap();
    let scores = readout(&["eval", at("gold.jsonl").to_str().unwrap(), "--format", "json"]);
    let scores: serde_json::Value = serde_json::from_slice(&scores.stdout).unwrap();
    let act = scores.pointer("/events/act/p").and_then(serde_json::Value::as_f64).unwrap();
    // Coded are all; right of these are all but the two.
    let expect = (1_000.0 * (events - 2) as f64 / events as f64).round() / 10.0;
    assert_eq!(act, expect, "{scores}");
    assert_eq!(scores["gold_events"], events - 1, "what is wrong is not in the gold");
}
