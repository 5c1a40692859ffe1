//! The specifications in `specs/*.md` hold: each text is coded as written there. `specs/README.md` says how they read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // tests fail as tests do

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use readout_codebook::{Codebook, Expect};
use serde_json::{Value, json};

#[path = "support/mod.rs"]
mod support;
use support::{Case, cases, differences};

/// Every case with what differs from its record; all are coded by one run of the program.
static RESULTS: LazyLock<Vec<(Case, Vec<String>)>> = LazyLock::new(|| {
    let cases = written();
    let input = Path::new(env!("CARGO_TARGET_TMPDIR")).join("specs.jsonl");
    let lines: Vec<String> =
        cases.iter().map(|c| json!({"id": c.place, "published": c.published, "text": c.text}).to_string()).collect();
    std::fs::write(&input, lines.join("\n")).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_readout"))
        .args(["code", "--quiet", "--format", "jsonl"])
        .arg(&input)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let records: Vec<Value> =
        String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records.len(), cases.len(), "records and cases");
    let check = |(case, record): (Case, Value)| {
        assert_eq!(record["id"], case.place.as_str(), "records come in the order of the cases");
        let differs = differences(&case, &record);
        (case, differs)
    };
    cases.into_iter().zip(records).map(check).collect()
});

/// The cases of all files, in the order of names.
fn written() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md") && !f.ends_with("README.md"));
    files.sort();
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        let name = format!("specs/{}", file.file_name().unwrap().to_string_lossy());
        match cases(&name, &std::fs::read_to_string(&file).unwrap()) {
            Ok(found) => out.extend(found),
            Err(found) => problems.extend(found),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    out
}

fn report(case: &Case, differs: &[String]) -> String {
    format!("{} ({})\n  {}\n{}\n", case.place, case.published, case.text.replace('\n', "\n  "), differs.join("\n"))
}

#[test]
fn specifications_hold() {
    let mut failed = String::new();
    let (mut bad, mut all) = (0, 0);
    for (case, differs) in RESULTS.iter().filter(|(c, _)| !c.wanted) {
        all += 1;
        if !differs.is_empty() {
            bad += 1;
            writeln!(failed, "{}", report(case, differs)).unwrap();
        }
    }
    assert!(bad == 0, "{bad} of {all} cases failed\n\n{failed}");
}

/// What the coder does not reach yet is listed (`cargo test --test specs -- --nocapture wanted`); a case it has come to
/// reach must move up among those that hold.
#[test]
fn wanted_cases_are_still_wanted() {
    let mut reached = Vec::new();
    for (case, differs) in RESULTS.iter().filter(|(c, _)| c.wanted) {
        if differs.is_empty() {
            reached.push(format!("{}: `{}` now holds: move it up into a ```spec block", case.place, case.text));
        } else {
            println!("{}", report(case, differs));
        }
    }
    assert!(reached.is_empty(), "{}", reached.join("\n"));
}

#[test]
fn every_type_and_status_is_specified() {
    let held: Vec<&Case> = RESULTS.iter().map(|(c, _)| c).filter(|c| !c.wanted).collect();
    let events = || held.iter().flat_map(|c| &c.events);
    let types: BTreeSet<&str> = events().filter_map(|e| e.kind.split('/').next()).collect();
    let all = "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN";
    assert_eq!(types.into_iter().collect::<Vec<_>>().join(" "), all);
    let statuses: BTreeSet<&str> = events().map(|e| e.status.as_str()).collect();
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), ["fact", "future", "historical", "hypothetical", "negated"]);
}

/// Texts of the specifications with their days, and of the codebook's examples, named by their places.
fn texts() -> Vec<Value> {
    let written = written().into_iter();
    let specs = written.map(|c| json!({"id": c.place, "published": c.published, "text": c.text}));
    let examples = Codebook::embedded().examples().filter(|(_, e)| matches!(e.expect, Expect::Events(_)));
    specs.chain(examples.map(|(_, e)| json!({"id": e.place.to_string(), "text": e.text}))).collect()
}

fn coded(input: &Path, options: &[&str]) -> Vec<Value> {
    let readout = env!("CARGO_BIN_EXE_readout");
    let out =
        Command::new(readout).args(["code", "--quiet", "--format", "jsonl"]).args(options).arg(input).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Reading only likely sentences loses no event of the specifications and of the codebook's examples, and nothing that a
/// document with events says.
#[test]
fn likely_sentences_hold_all_events() {
    let input = Path::new(env!("CARGO_TARGET_TMPDIR")).join("likely.jsonl");
    let texts = texts();
    std::fs::write(&input, texts.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")).unwrap();
    let (all, likely) = (coded(&input, &["--read", "all"]), coded(&input, &["--read", "likely"]));
    assert_eq!((all.len(), likely.len()), (texts.len(), texts.len()));
    let mut lost = Vec::new();
    for (a, l) in all.iter().zip(&likely) {
        let has_events = a["events"].as_array().is_some_and(|e| !e.is_empty());
        let same = a["events"] == l["events"] && (!has_events || a["attributions"] == l["attributions"]);
        if !same {
            lost.push(format!("{}\n  all    {}\n  likely {}", a["id"], a["events"], l["events"]));
        }
    }
    assert!(lost.is_empty(), "{} texts\n{}", lost.len(), lost.join("\n"));
    // The same on any number of threads.
    assert_eq!(likely, coded(&input, &["--read", "likely", "--threads", "1"]));
    assert_eq!(likely, coded(&input, &["--read", "likely", "--threads", "3"]));
}
