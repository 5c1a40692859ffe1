//! How files are taken apart: places, hashes, patterns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use readout_sources::{Input, Limits, Options, Raw, Reason, Rejection, documents, open};
use tempfile::TempDir;

const ONE: &str = r#"{"id":"1","text":"Iran agreed."}"#;
const TWO: &str = r#"{"id":"2","text":"Iraq agreed."}"#;

fn frame(name: &str, content: impl AsRef<[u8]>, options: &Options) -> Vec<Result<Raw, Rejection>> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    open([Input::Path(path)], options).collect()
}

/// Line, column, offset and outcome of each record, in short.
fn places(name: &str, content: impl AsRef<[u8]>) -> Vec<String> {
    let options = Options::default();
    let short = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
    let mut out = Vec::new();
    for raw in frame(name, content, &options) {
        let (place, what) = match raw {
            Ok(raw) => {
                let place = raw.place.clone();
                match raw.document(&options) {
                    Ok(document) => (place, document.text),
                    Err(rejection) => (rejection.place, rejection.reason.to_string()),
                }
            }
            Err(rejection) => (rejection.place, rejection.reason.to_string()),
        };
        out.push(format!("{}:{}@{} {what}", short(place.line), short(place.column), short(place.offset)));
    }
    out
}

#[test]
fn records_know_where_they_start() {
    assert_eq!(places("a.txt", "\u{FEFF}Iran agreed."), ["-:-@0 Iran agreed."]);
    assert_eq!(
        places("a.jsonl", format!("{ONE}\r\n\n{TWO}\n{{")),
        ["1:-@0 Iran agreed.", "3:-@35 Iraq agreed.", "4:1@68 EOF while parsing an object"]
            .map(|s| s.replace("EOF", "not valid JSON: EOF"))
    );
    assert_eq!(places("a.json", format!("[{ONE},\n  {TWO}\n]")), ["1:2@1 Iran agreed.", "2:3@37 Iraq agreed."]);
}

#[test]
fn a_list_gives_what_is_whole() {
    let cases: [(&str, &[&str]); 9] = [
        ("[ ]", &["-:-@- the input is empty"]),
        ("[{\"text\":\"a ] } \\\" b\"}]", &["1:2@1 a ] } \" b"]),
        ("[{\"text\":\"A.\"},{\"text\":", &["1:2@1 A.", "1:23@15 not valid JSON: EOF while parsing a value"]),
        ("[{\"text\":\"A.\"}", &["1:2@1 A.", "1:15@14 not valid JSON: EOF while parsing a list"]),
        ("[{\"text\":\"A.\"}]x", &["1:2@1 A.", "1:16@15 not valid JSON: trailing characters"]),
        ("[{\"text\":\"A.\"},]", &["1:2@1 A.", "1:16@15 not valid JSON: expected value"]),
        ("[{\"text\":\"A.\"} 5]", &["1:2@1 A.", "1:16@15 not valid JSON: expected `,` or `]`"]),
        (
            "[5,\n\"x\"]",
            &["1:2@1 expected a JSON object, found a number", "2:1@4 expected a JSON object, found a string"],
        ),
        ("[{\"x\":[}},{\"text\":\"A.\"}]", &["1:8@1 not valid JSON: expected value", "1:11@10 A."]),
    ];
    for (given, expect) in cases {
        assert_eq!(places("a.json", given), expect, "{given}");
    }
}

#[test]
fn a_list_may_be_longer_than_a_record() {
    let limits = Limits { record_bytes: 100, skipped_bytes: 1_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let outcome = |content: String| -> Vec<String> {
        frame("a.json", content, &options)
            .into_iter()
            .map(|raw| raw.map_or_else(|r| r.reason.to_string(), |raw| raw.place.offset.unwrap().to_string()))
            .collect()
    };
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(200));
    assert_eq!(outcome(format!("[{ONE},{long},{TWO}]")), ["1", "the record is longer than 100 bytes", "246"]);
    let endless = format!("{{\"text\":\"{}\"}}", "x".repeat(2_000));
    assert_eq!(
        outcome(format!("[{ONE},{endless},{TWO}]")),
        ["1", "the line has no end within 1000 bytes, the rest of the file was not read"]
    );
}

#[test]
fn the_same_bytes_have_the_same_hash_wherever_they_stand() {
    let options = Options::default();
    let hashes = |name: &str, content: String| -> Vec<String> {
        frame(name, content, &options).into_iter().map(|raw| raw.unwrap().hash.to_string()).collect()
    };
    let lines = hashes("a.jsonl", format!("{ONE}\n{TWO}\n{ONE}"));
    assert_eq!(lines[0], lines[2]);
    assert_ne!(lines[0], lines[1]);
    assert_eq!(hashes("b.json", format!("[{TWO}, {ONE}]")), [lines[1].clone(), lines[0].clone()]);
    assert_eq!(hashes("a.json", ONE.to_owned()), hashes("b.json", ONE.to_owned()));
    assert_ne!(hashes("a.txt", ONE.to_owned()), hashes("a.json", ONE.to_owned()), "another format, another document");
}

#[test]
fn patterns_are_expanded() {
    let folder = TempDir::new().unwrap();
    for name in ["a1.txt", "a2.txt", "b.txt", ".a.txt", "sub/a3.txt", "sub/deep/a4.txt", "odd[1].txt"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    let read = |pattern: &str| -> Vec<String> {
        documents([Input::Path(folder.path().join(pattern))], Options::default())
            .map(|d| d.map_or_else(|r| format!("{} ({})", r.reason, !r.hint().is_empty()), |d| d.text))
            .collect()
    };
    assert_eq!(read("a?.txt"), ["a1.txt", "a2.txt"]);
    assert_eq!(read("**/a*.txt"), ["a1.txt", "a2.txt", "sub/a3.txt", "sub/deep/a4.txt"]);
    assert_eq!(read("s*"), ["sub/a3.txt", "sub/deep/a4.txt"], "folders are read as folders");
    assert_eq!(
        read("s**/**"),
        ["not a pattern of files: recursive wildcards must form a single path component (true)"]
    );
    assert_eq!(read("sub/**"), ["sub/a3.txt", "sub/deep/a4.txt"], "each once");
    assert_eq!(read("odd[1].txt"), ["odd[1].txt"], "a file of that very name goes first");
    assert_eq!(read("x*.txt"), ["no file matches the pattern (true)"]);
    assert!(matches!(
        open([Input::Path(folder.path().join("x.txt"))], &Options::default()).next(),
        Some(Err(Rejection { reason: Reason::NotFound, .. }))
    ));
}
