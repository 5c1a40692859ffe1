//! The command line: bad input, exit codes, order, broken pipes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The exit code of a program that panicked.
const PANICKED: i32 = 101;

fn readout() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
    command.env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

fn code(path: &PathBuf, more: &[&str]) -> Output {
    readout().arg("code").arg(path).args(more).output().unwrap()
}

fn out(o: &Output) -> String {
    String::from_utf8(o.stdout.clone()).unwrap()
}

fn err(o: &Output) -> String {
    String::from_utf8(o.stderr.clone()).unwrap()
}

fn ids(o: &Output) -> Vec<String> {
    let id = |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().to_owned();
    out(o).lines().map(id).collect()
}

#[test]
fn a_text_gives_a_record_and_exit_code_0() {
    let path = file("plain.txt", b"Iran condemned the raid. It said so on Monday.\n");
    let o = code(&path, &["--id", "one", "--published", "2019-02-26", "--publisher", "Mehr"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let record: serde_json::Value = serde_json::from_str(&out(&o)).unwrap();
    assert_eq!((&record["schema"], &record["id"]), (&"readout/1".into(), &"one".into()));
    assert_eq!((&record["published"], &record["publisher"]), (&"2019-02-26".into(), &"Mehr".into()));
    assert_eq!(record["sentences"].as_array().unwrap().len(), 2);
    assert_eq!(err(&o), "");
}

#[test]
fn an_empty_file_is_nothing_to_code() {
    for content in [&b""[..], b"\n \n"] {
        let o = code(&file("empty.txt", content), &[]);
        assert_eq!(o.status.code(), Some(1), "{}", err(&o));
        assert!(err(&o).contains("nothing to code"), "{}", err(&o));
        assert_eq!(out(&o), "");
    }
}

#[test]
fn a_missing_file_is_named_and_the_others_are_coded() {
    let here = file("here.txt", b"Iran condemned the raid.");
    let o = readout().arg("code").arg("no/such/file.txt").arg(&here).output().unwrap();
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no/such/file.txt"), "{}", err(&o));
    assert_eq!(out(&o).lines().count(), 1);
}

#[test]
fn binary_noise_is_coded_or_rejected_but_never_fatal() {
    let noise: Vec<u8> = (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let o = code(&file("noise.bin", &noise), &[]);
    assert!(matches!(o.status.code(), Some(0 | 2)), "{:?} {}", o.status.code(), err(&o));
    if o.status.code() == Some(2) {
        assert!(err(&o).contains("noise.bin"), "{}", err(&o));
    }
}

#[test]
fn a_line_of_10_mb_is_one_outcome() {
    // One word: what words cost to read is the reader's business.
    let word = "x".repeat(10 << 20);
    for (name, content) in
        [("long.txt", format!("{word}\n")), ("long.jsonl", format!("{{\"id\":\"a\",\"text\":\"{word}\"}}\n"))]
    {
        let o = code(&file(name, content.as_bytes()), &[]);
        assert!(matches!(o.status.code(), Some(0 | 2)), "{:?} {}", o.status.code(), err(&o));
        assert_eq!(out(&o).lines().count() + err(&o).matches(name).count().min(1), 1);
    }
}

#[test]
fn a_broken_line_is_named_and_the_rest_is_coded() {
    let lines = "{\"id\":\"a\",\"text\":\"Iran condemned the raid.\"}\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\"}\n\n{\"id\":\"d\",\"sentences\":[\"One.\",\"Two.\"]}\n";
    let path = file("broken.jsonl", lines.as_bytes());
    let o = code(&path, &[]);
    assert_eq!(o.status.code(), Some(2));
    assert_eq!(ids(&o), ["a", "d"]);
    let messages = err(&o);
    for place in ["broken.jsonl:2:", "broken.jsonl:3:"] {
        let line = messages.lines().find(|l| l.contains(place)).unwrap_or_else(|| panic!("{place} in {messages}"));
        assert!(line.contains("; "), "a hint follows what is wrong: {line}");
    }
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let lines: String = (0..60)
        .map(|i| {
            format!(
                "{{\"id\":\"d{i}\",\"published\":\"2019-02-26\",\"text\":\"{}\"}}\n",
                "Iran condemned the raid by U.S. forces. ".repeat(i % 7 + 1)
            )
        })
        .collect();
    let path = file("many.jsonl", lines.as_bytes());
    for format in ["jsonl", "table"] {
        let one = code(&path, &["--threads", "1", "--format", format]);
        let four = code(&path, &["--threads", "4", "--format", format]);
        assert_eq!(one.status.code(), Some(0), "{}", err(&one));
        assert_eq!(one.stdout, four.stdout);
        assert!(!one.stdout.is_empty());
    }
    assert_eq!(ids(&code(&path, &["--threads", "4"])), (0..60).map(|i| format!("d{i}")).collect::<Vec<_>>());
}

#[test]
fn whoever_stops_reading_ends_the_work_quietly() {
    let mut lines = String::new();
    for i in 0..2000 {
        lines.push_str(&format!("{{\"id\":\"d{i}\",\"text\":\"Iran condemned the raid. {}\"}}\n", "x".repeat(200)));
    }
    let path = file("pipe.jsonl", lines.as_bytes());
    let mut child = readout().arg("code").arg(&path).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut first).unwrap();
    drop(pipe);
    let o = child.wait_with_output().unwrap();
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert_eq!(err(&o), "");
}

#[test]
fn standard_input_is_text_or_json_lines() {
    for (input, count) in
        [("Iran condemned the raid.", 1), ("{\"id\":\"a\",\"text\":\"Yes.\"}\n{\"id\":\"b\",\"text\":\"No.\"}\n", 2)]
    {
        let mut child = readout().args(["code", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let o = child.wait_with_output().unwrap();
        assert_eq!((o.status.code(), out(&o).lines().count()), (Some(0), count));
    }
}

#[test]
fn colours_obey_the_flag_and_the_environment() {
    let path = file("color.txt", b"Iran condemned the raid.");
    let colored = |more: &[&str], no_color: bool| {
        let mut command = readout();
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let o = command.arg("code").arg(&path).args(["--format", "table"]).args(more).output().unwrap();
        out(&o).contains('\x1b')
    };
    assert!(!colored(&[], false), "no terminal, no colours");
    assert!(!colored(&["--color", "auto"], true));
    assert!(!colored(&["--color", "never"], false));
    assert!(colored(&["--color", "always"], true), "the flag counts before the environment");
}

#[test]
fn controls_in_a_title_do_not_reach_the_terminal() {
    let path = file(
        "evil.jsonl",
        b"{\"id\":\"a\",\"title\":\"\\u001b]0;owned\\u0007 \\u202eevil\",\"text\":\"Iran condemned the raid.\"}\n",
    );
    let shown = out(&code(&path, &["--format", "table"]));
    assert!(!shown.contains(['\x1b', '\u{7}', '\u{202e}']), "{shown:?}");
    assert!(shown.contains("‹U+001B›"), "{shown}");
}

#[test]
fn an_output_file_takes_the_records() {
    let to = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("written.jsonl");
    let o = code(&file("to.txt", b"Iran condemned the raid."), &["--output", to.to_str().unwrap()]);
    assert_eq!((o.status.code(), o.stdout.len()), (Some(0), 0));
    assert_eq!(fs::read_to_string(to).unwrap().lines().count(), 1);
}

#[test]
fn explain_shows_something_of_any_text() {
    for (text, code) in [("Iran condemned the raid.", 0), ("x", 0), ("\u{202e}\u{0}", 0), ("", 1)] {
        let mut child = readout()
            .args(["explain", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let o = child.wait_with_output().unwrap();
        assert_ne!(o.status.code(), Some(PANICKED), "{}", err(&o));
        assert!(o.status.code() == Some(code) || text.contains('\0'), "{text:?}: {:?} {}", o.status.code(), err(&o));
    }
}

#[test]
fn a_gold_file_that_is_none_is_refused_with_its_line() {
    let path = file("gold_broken.jsonl", b"{\"id\":\"a\",\"events\":[],\"attributions\":[]}\n{\"id\":1}\n");
    let o = readout().arg("eval").arg(&path).output().unwrap();
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("gold_broken.jsonl: line 2, column"), "{}", err(&o));
}

#[test]
fn a_codebook_with_errors_is_refused_with_file_and_line() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("codebook");
    fs::create_dir_all(dir.join("acts")).unwrap();
    fs::write(dir.join("acts/bad.txt"), "rule nothing\n  type NOSUCH\n  verb subj > obj : shout\n").unwrap();
    let o = readout().args(["codebook", "check"]).arg(&dir).output().unwrap();
    assert_eq!(o.status.code(), Some(2), "{}", out(&o));
    assert!(out(&o).contains("acts/bad.txt:"), "{}", out(&o));
    let o = readout().args(["codebook", "check", "no/such/folder"]).output().unwrap();
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no/such/folder"), "{}", err(&o));
}

#[test]
fn dedupe_links_the_mentions_of_an_act_and_keeps_them_all() {
    let lines = "{\"id\":\"a\",\"published\":\"2024-05-06\",\"text\":\"The Malian army shelled Chadian troops on Sunday.\"}\n\
                 {\"id\":\"b\",\"published\":\"2024-05-07\",\"text\":\"Malian forces shelled Chadian soldiers on Sunday.\"}\n";
    let records = file("acts.jsonl", out(&code(&file("acts_in.jsonl", lines.as_bytes()), &[])).as_bytes());
    let dedupe = |more: &[&str]| readout().arg("dedupe").arg(&records).args(more).output().unwrap();
    let events = |o: &Output| -> Vec<serde_json::Value> {
        let of = |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap()["events"].as_array().unwrap().clone();
        out(o).lines().flat_map(of).collect()
    };
    let o = dedupe(&[]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let all = events(&o);
    assert_eq!(all.len(), 2, "{}", out(&o));
    assert_eq!((all[0].get("same_as"), all[1].get("same_as")), (None, Some(&all[0]["id"])));
    assert!(err(&o).contains("2 mentions tell of 1 act in 2 documents"), "{}", err(&o));
    assert_eq!(events(&dedupe(&["--first-only"])).len(), 1);
    assert!(events(&dedupe(&["--within"])).iter().all(|e| e.get("same_as").is_none()));
}

#[test]
fn dedupe_names_bad_lines_and_links_the_rest() {
    let record = out(&code(&file("one.txt", b"Iran condemned the raid."), &[]));
    let path = file("records_broken.jsonl", format!("{record}not json\n{{\"id\":1}}\n").as_bytes());
    let o = readout().args(["dedupe", "no/such.jsonl"]).arg(&path).output().unwrap();
    assert_eq!((o.status.code(), out(&o).lines().count()), (Some(2), 1));
    for place in ["no/such.jsonl", "records_broken.jsonl: line 2", "records_broken.jsonl: line 3"] {
        assert!(err(&o).contains(place), "{place}: {}", err(&o));
    }
    let o = readout().arg("dedupe").arg(file("records_none.jsonl", b"\n")).output().unwrap();
    assert_eq!(o.status.code(), Some(1), "{}", err(&o));
}

#[test]
fn help_version_and_completions_are_there() {
    for (arguments, holds) in [
        (&["--help"][..], "Exit codes:"),
        (&["code", "--help"], "Examples:"),
        (&["eval", "--help"], "--baseline"),
        (&["dedupe", "--help"], "same_as"),
        (&["explain", "--help"], "--published"),
        (&["codebook", "check", "--help"], "Exit codes:"),
        (&["--version"], "readout 0."),
        (&["completions", "bash"], "_readout"),
        (&["completions", "zsh"], "#compdef readout"),
    ] {
        let o = readout().args(arguments).output().unwrap();
        assert_eq!(o.status.code(), Some(0), "{arguments:?}");
        assert!(out(&o).contains(holds), "{arguments:?}: {}", out(&o));
    }
    assert_eq!(readout().args(["code", "--no-such-flag"]).output().unwrap().status.code(), Some(2));
}

#[test]
fn the_examples_are_the_same_as_texts_and_as_json_lines() {
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let o = code(&examples.join("reports.jsonl"), &["--with-text"]);
    assert_eq!((o.status.code(), ids(&o)), (Some(0), ["summit", "border", "court"].map(str::to_owned).to_vec()));
    for line in out(&o).lines() {
        let whole: serde_json::Value = serde_json::from_str(line).unwrap();
        let day = whole["published"].as_str().unwrap();
        let path = examples.join(format!("{}.txt", whole["id"].as_str().unwrap()));
        let alone: serde_json::Value =
            serde_json::from_str(&out(&code(&path, &["--published", day, "--with-text"]))).unwrap();
        assert_eq!(whole["sentences"], alone["sentences"]);
        assert_eq!(whole["dateline"]["date"], whole["published"], "{}", path.display());
        let count = whole["sentences"].as_array().unwrap().len();
        assert!((10..=16).contains(&count), "{} has {count} sentences", path.display());
    }
}

/// Records that the tests of `export` share.
const RECORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../export/tests/data/records.jsonl");

fn export(input: &str, more: &[&str]) -> Output {
    readout().args(["export", input]).args(more).output().unwrap()
}

#[test]
fn records_are_exported_to_a_file_or_to_standard_output() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("exported.tsv");
    let o = export(RECORDS, &["--format", "gdelt", "--output", path.to_str().unwrap()]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert_eq!(err(&o), "readout: 14 rows of 7 acts from 7 documents; left out: 1 without a day, 1 without a party\n");
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.lines().all(|l| l.split('\t').count() == 61));
    let o = export(RECORDS, &["--format", "gdelt", "--output", "-", "--quiet"]);
    assert_eq!((out(&o), err(&o).as_str()), (written, ""));
    let piped = Command::new(env!("CARGO_BIN_EXE_readout"))
        .args(["export", "--format", "gdelt", "-q"])
        .stdin(fs::File::open(RECORDS).unwrap())
        .output()
        .unwrap();
    assert_eq!(piped.stdout, o.stdout);
}

#[test]
fn what_is_no_record_is_named_once_and_the_rest_exported() {
    let content = format!("{{\"id\": 1}}\n{}", fs::read_to_string(RECORDS).unwrap());
    let path = file("broken.jsonl", content.as_bytes());
    let o = export(path.to_str().unwrap(), &["--format", "gdelt-mentions", "--quiet"]);
    assert_eq!(o.status.code(), Some(2));
    assert_eq!(err(&o).matches("broken.jsonl: line 1").count(), 1, "{}", err(&o));
    assert_eq!(out(&o).lines().count(), 28);
    let o = export("no-such-file.jsonl", &["--format", "csv"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no-such-file.jsonl"), "{}", err(&o));
    let o = export(file("none.jsonl", b"\n").to_str().unwrap(), &["--format", "csv"]);
    assert_eq!((o.status.code(), err(&o).contains("nothing to export")), (Some(1), true));
}

#[test]
fn an_export_that_fails_leaves_no_file() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-folder").join("x.csv");
    let o = export(RECORDS, &["--format", "csv", "--output", path.to_str().unwrap()]);
    assert_eq!(o.status.code(), Some(2), "{}", err(&o));
    assert!(err(&o).contains("cannot write"), "{}", err(&o));
    let o = export(RECORDS, &["--format", "csv", "--status", "maybe"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("one of fact, future"), "{}", err(&o));
}
