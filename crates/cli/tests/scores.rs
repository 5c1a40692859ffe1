//! `readout eval` gives the numbers that the Python scorer gives.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn readout(arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_readout")).args(arguments).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn eval(gold: &Path, pred: &Path, more: &[&str]) -> String {
    let mut arguments = vec!["eval", gold.to_str().unwrap(), "--pred", pred.to_str().unwrap()];
    arguments.extend(more);
    readout(&arguments)
}

#[test]
fn the_numbers_are_those_kept_from_the_python_scorer() {
    // tests/data/scores.json: score_events.py --json on the two files.
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(data("scores.json")).unwrap()).unwrap();
    let ours: Value =
        serde_json::from_str(&eval(&data("gold.jsonl"), &data("pred.jsonl"), &["--format", "json"])).unwrap();
    assert_eq!(ours, kept);
}

/// Where the scorer and its gold stand beside the repository, the real one must agree too: on our files, and on its
/// gold scored against a copy with every third item changed.
#[test]
fn the_numbers_are_those_of_the_python_scorer_where_it_is_there() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let scorer = shared.join("score/score_events.py");
    if !scorer.exists() || Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let mut cases = vec![(data("gold.jsonl"), data("pred.jsonl"))];
    let gold = shared.join("gold/events_dev.jsonl");
    if gold.exists() {
        let other = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changed.jsonl");
        std::fs::write(&other, changed(&std::fs::read_to_string(&gold).unwrap())).unwrap();
        cases.push((gold, other));
    }
    for (gold, pred) in cases {
        let out = Command::new("python3").arg(&scorer).args([&gold, &pred]).arg("--json").output().unwrap();
        let theirs: Value = serde_json::from_slice(&out.stdout).unwrap();
        let ours: Value = serde_json::from_str(&eval(&gold, &pred, &["--format", "json"])).unwrap();
        assert_eq!(ours, theirs, "{}", gold.display());
    }
}

/// The same documents with mistakes of every kind.
fn changed(gold: &str) -> String {
    let mut n = 0;
    let mut out = String::new();
    for line in gold.lines() {
        let mut document: Value = serde_json::from_str(line).unwrap();
        for event in document["events"].as_array_mut().unwrap() {
            n += 1;
            match n % 9 {
                0 => event["type"] = "AID".into(),
                1 => event["actor"] = event["recipient"].clone(),
                2 => event["status"] = "future".into(),
                3 => event["said_by"] = serde_json::json!([{"code": "USAGOV"}]),
                4 => event["sent"] = 0.into(),
                5 => event["recipient"] = serde_json::json!(["USAMIL", "IGOUNO", null]),
                _ => {}
            }
        }
        for attribution in document["attributions"].as_array_mut().unwrap() {
            n += 1;
            let content = attribution["content"].as_str().unwrap();
            let half: String = content.chars().take(content.chars().count() / 2).collect();
            match n % 5 {
                0 => attribution["content"] = half.into(),
                1 => attribution["source_code"] = Value::Null,
                2 => attribution["cue"] = "".into(),
                _ => {}
            }
        }
        out.push_str(&format!("{document}\n"));
    }
    out
}

#[test]
fn a_baseline_shows_what_changed() {
    let pred = data("pred.jsonl");
    let gold = data("gold.jsonl");
    let better = eval(&gold, &gold, &["--baseline", pred.to_str().unwrap()]);
    let act = better.lines().find(|l| l.starts_with("act ")).unwrap();
    assert_eq!(act.split_whitespace().collect::<Vec<_>>(), ["act", "100.0", "100.0", "100.0", "+50.0"]);
    let same = eval(&gold, &pred, &["--baseline", pred.to_str().unwrap()]);
    assert!(
        same.lines().filter(|l| l.starts_with("act ") || l.starts_with("said ")).all(|l| l.ends_with('=')),
        "{same}"
    );
}

#[test]
fn errors_are_listed_by_class_the_largest_first() {
    let out: Value =
        serde_json::from_str(&eval(&data("gold.jsonl"), &data("pred.jsonl"), &["--format", "json", "--errors"]))
            .unwrap();
    let classes: Vec<(&str, usize)> = out["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["class"].as_str().unwrap(), c["cases"].as_array().unwrap().len()))
        .collect();
    assert!(classes.is_sorted_by_key(|(name, n)| (std::cmp::Reverse(*n), *name)), "{classes:?}");
    for expected in [
        ("event: false", 3),
        ("event: missed", 1),
        ("event: other type (AGREE coded as AID)", 1),
        ("event: other type (REJECT coded as ACCUSE)", 1),
        ("event: recipient (one of several)", 1),
        ("event: sector of recipient", 1),
        ("event: speaker", 1),
        ("attribution: content", 2),
        ("attribution: cue", 1),
        ("attribution: false", 1),
        ("attribution: source", 2),
    ] {
        assert!(classes.contains(&expected), "{expected:?} in {classes:?}");
    }
    let shown = eval(&data("gold.jsonl"), &data("pred.jsonl"), &["--errors"]);
    assert!(shown.contains("gold  “promised” NORGOV —AGREE→ SDLGOV, future, by NRA"), "{shown}");
    assert!(shown.contains("coded “promised grain” NORGOV —AID→ SDLGOV, future, by NRA [promise+aid/give]"), "{shown}");
}

#[test]
fn gold_is_coded_where_no_records_are_given() {
    let out: Value =
        serde_json::from_str(&readout(&["eval", data("gold.jsonl").to_str().unwrap(), "--format", "json"])).unwrap();
    assert_eq!(out["documents"], 3);
    assert_eq!(out["gold_events"], 7);
}

#[test]
fn reliability_shows_the_bins_and_calibrate_prints_a_block_that_is_read() {
    let table = readout(&["eval", data("gold.jsonl").to_str().unwrap(), "--reliability"]);
    assert!(table.contains("expected calibration error 0."), "{table}");
    let block = readout(&["eval", data("gold.jsonl").to_str().unwrap(), "--calibrate"]);
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calibrated");
    std::fs::create_dir_all(&dir).unwrap();
    let ontology = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/ontology.txt");
    std::fs::copy(ontology, dir.join("ontology.txt")).unwrap();
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/cameo.txt"), dir.join("cameo.txt"))
        .unwrap();
    std::fs::write(dir.join("confidence.txt"), &block).unwrap();
    let checked = readout(&["codebook", "check", dir.to_str().unwrap()]);
    assert!(checked.contains("0 errors"), "{block}{checked}");
}

/// Numbers within the last digit that is kept: sums of shares may be added up in another order.
fn close(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 0.011,
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| close(v, w)))
        }
        _ => ours == theirs,
    }
}

#[test]
fn the_numbers_of_attribution_relations_are_those_of_the_python_scorer() {
    // tests/data/relations_scores.json: score_attributions.py --json on the two files.
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(data("relations_scores.json")).unwrap()).unwrap();
    let (gold, pred) = (data("relations_gold.jsonl"), data("relations_pred.jsonl"));
    let ours: Value = serde_json::from_str(&eval(&gold, &pred, &["--format", "json"])).unwrap();
    assert!(close(&ours, &kept), "{ours:#}\n{kept:#}");
}

#[test]
fn errors_of_attribution_relations_are_listed_by_class() {
    let (gold, pred) = (data("relations_gold.jsonl"), data("relations_pred.jsonl"));
    let shown = eval(&gold, &pred, &["--errors"]);
    for expected in [
        "content: punctuation",
        "cue: starts late",
        "content: ends late",
        "content: ends early",
        "source: should be none",
        "missed",
        "false: within another",
    ] {
        assert!(shown.lines().any(|l| l.starts_with(expected)), "{expected}: {shown}");
    }
}

#[test]
fn attribution_relations_are_found_saved_and_read_again() {
    let saved = Path::new(env!("CARGO_TARGET_TMPDIR")).join("relations.jsonl");
    let gold = data("relations_gold.jsonl");
    let now = readout(&["eval", gold.to_str().unwrap(), "--format", "json", "--save", saved.to_str().unwrap()]);
    assert_eq!(now, eval(&gold, &saved, &["--format", "json"]));
    let scores: Value = serde_json::from_str(&now).unwrap();
    assert!(scores["source.exact"]["F1"].as_f64().unwrap() > 50.0, "{now}");
}

/// "source | cue | content" of each relation found in `text`.
fn relations(name: &str, text: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (gold, saved) = (folder.join(format!("{name}.jsonl")), folder.join(format!("{name}.pred.jsonl")));
    std::fs::write(&gold, serde_json::json!({"doc_id": name, "text": text, "attributions": []}).to_string()).unwrap();
    readout(&["eval", gold.to_str().unwrap(), "--save", saved.to_str().unwrap()]);
    let found: Value = serde_json::from_str(&std::fs::read_to_string(&saved).unwrap()).unwrap();
    let chars: Vec<char> = text.chars().collect();
    let part = |a: &Value, role: &str| {
        let stretch = |s: &Value| -> String {
            chars[s[0].as_u64().unwrap() as usize..s[1].as_u64().unwrap() as usize].iter().collect()
        };
        a[role].as_array().unwrap().iter().map(stretch).collect::<Vec<_>>().join(" … ")
    };
    let all = found["attributions"].as_array().unwrap().iter();
    all.map(|a| ["source", "cue", "content"].map(|role| part(a, role)).join(" | ")).collect()
}

#[test]
fn relations_have_whole_spans() {
    for (i, (text, expected)) in [
        (
            "The Kenyan premier has also said that the bridge is safe.",
            "The Kenyan premier | has also said | that the bridge is safe",
        ),
        ("“The bridge is safe,” the premier said.", "the premier | said | “The bridge is safe,”"),
        ("“It holds,” a mason said. “It always will.”", "a mason | said | “It holds,” … “It always will.”"),
        (
            "In recent days, a mason said, the bridge has moved.",
            "a mason | said | In recent days … the bridge has moved",
        ),
        ("Ghana went on to say that the road was safe.", "Ghana | went on to say | that the road was safe"),
        ("The road is safe, Ghana said in a statement.", "Ghana | said in a statement | The road is safe"),
        (
            "The farmers wrote:\n\n“Nobody asked us. We heard it late.”",
            "The farmers | wrote: | “Nobody asked us. We heard it late.”",
        ),
        ("MWANGI: The road is safe. We built it.", "MWANGI | : | The road is safe. We built it"),
        ("“The road is a shame.” ― Amina Diallo", "Amina Diallo | ― | “The road is a shame.”"),
        ("As the Gulf Times reported, the premier has left.", "the Gulf Times | reported | the premier has left"),
        (
            "The opposition, which lost the vote, supports the new law.",
            "The opposition, which lost the vote, | supports | the new law",
        ),
        ("Uganda's criticism of the plan was brief.", "Uganda's | criticism of | the plan"),
    ]
    .into_iter()
    .enumerate()
    {
        let found = relations(&format!("whole{i}"), text);
        assert!(found.iter().any(|f| f == expected), "{text}: {found:?}");
    }
}
