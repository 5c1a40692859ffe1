//! `readout relate`: an answer for each pair, and trouble told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn relate(input: &str, more: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_readout"))
        .arg("relate")
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn answers(o: &Output) -> Vec<Value> {
    String::from_utf8(o.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn err(o: &Output) -> String {
    String::from_utf8(o.stderr.clone()).unwrap()
}

const PERU: &str =
    r#"{"id": "a", "text": "Peru accused Chile of fishing in its waters.", "source": [[0, 4]], "target": [[13, 18]]}"#;
const MALI: &str =
    r#"{"id": "b", "text": "Mali's army released 12 Nigerien herders.", "source": [[0, 11]], "target": [[21, 40]]}"#;

#[test]
fn each_pair_gets_the_best_type_with_its_reason() {
    let o = relate(&format!("{PERU}\n\n{MALI}\n"), &[]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let answers = answers(&o);
    assert_eq!((&answers[0]["id"], &answers[0]["type"]), (&"a".into(), &"ACCUSE".into()));
    assert_eq!((&answers[1]["id"], &answers[1]["type"]), (&"b".into(), &"RETREAT".into()));
    let reason = &answers[0]["reason"];
    assert_eq!((&reason["basis"], &reason["trigger"]), (&"event".into(), &"accused".into()), "{reason}");
    assert_eq!(reason["span"], serde_json::json!([5, 12]));
    assert!(answers.iter().all(|a| (0.0..=1.0).contains(&a["confidence"].as_f64().unwrap())));
}

#[test]
fn offsets_are_characters() {
    let text = "São Tomé thanked Côte d'Ivoire.";
    let given = format!(r#"{{"id": 1, "text": "{text}", "source": [[0, 8]], "target": [[17, 30]]}}"#);
    let o = relate(&given, &[]);
    let answer = &answers(&o)[0];
    assert_eq!((&answer["id"], &answer["type"]), (&"1".into(), &"SUPPORT".into()));
    let span: Vec<usize> = serde_json::from_value(answer["reason"]["span"].clone()).unwrap();
    let trigger: String = text.chars().skip(span[0]).take(span[1] - span[0]).collect();
    assert_eq!(trigger, "thanked");
}

#[test]
fn a_missing_side_is_answered_all_the_same() {
    let o = relate(r#"{"text": "Oman bombed a village.", "source": [[0, 4]]}"#, &[]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert_eq!(answers(&o)[0]["type"], "ASSAULT");
    let o = relate(r#"{"text": "Rain.", "source": [], "target": []}"#, &[]);
    assert_eq!((o.status.code(), answers(&o).len()), (Some(0), 1), "{}", err(&o));
}

#[test]
fn bad_lines_are_told_and_the_rest_is_answered() {
    let outside = r#"{"id": "c", "text": "Oman left.", "source": [[0, 40]], "target": []}"#;
    let o = relate(&format!("{{\"id\": \n{outside}\n[1]\n{{\"id\": \"d\"}}\n{MALI}\n"), &[]);
    assert_eq!(o.status.code(), Some(2));
    assert_eq!(answers(&o).len(), 1);
    let err = err(&o);
    for part in [
        "standard input:1: not valid JSON",
        "standard input:2: `source` [0, 40] is no part of the text",
        "standard input:3: expected a JSON object",
        "standard input:4: neither `text`",
        "1 answered, 4 rejected",
    ] {
        assert!(err.contains(part), "{part} is not in:\n{err}");
    }
}

#[test]
fn nothing_to_answer_is_1_and_a_missing_file_2() {
    assert_eq!(relate("", &[]).status.code(), Some(1));
    let o = relate("", &["no/such/file.jsonl"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no such file"), "{}", err(&o));
}

#[test]
fn the_answers_are_the_same_for_any_number_of_threads() {
    let given: Vec<&str> = [PERU, MALI].into_iter().cycle().take(12).collect();
    let one = relate(&given.join("\n"), &["--threads", "1"]);
    let three = relate(&given.join("\n"), &["--threads", "3"]);
    assert_eq!(one.stdout, three.stdout);
    assert_eq!(answers(&one).len(), 12);
}

#[test]
fn eval_scores_relations() {
    let gold =
        format!("{}\n{}\n", PERU.replace('}', r#", "type": "ACCUSE"}"#), MALI.replace('}', r#", "type": "YIELD"}"#));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("relations.jsonl");
    std::fs::write(&path, gold).unwrap();
    let o =
        Command::new(env!("CARGO_BIN_EXE_readout")).arg("eval").arg(&path).args(["--format", "json"]).output().unwrap();
    let scores: Value = serde_json::from_slice(&o.stdout).unwrap();
    assert_eq!((&scores["pairs"], &scores["root"]["macro_f1"]), (&2.into(), &100.0.into()), "{scores}");
}
