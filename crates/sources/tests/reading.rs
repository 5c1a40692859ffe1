//! What becomes of files, good and bad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::date;
use readout_sources::{Defaults, Document, Format, Input, Limits, Options, Reason, Rejection, documents};
use tempfile::TempDir;

/// Writes one file and reads it.
fn read(name: &str, content: impl AsRef<[u8]>) -> Vec<Result<Document, Rejection>> {
    read_with(name, content, Options::default())
}

fn read_with(name: &str, content: impl AsRef<[u8]>, options: Options) -> Vec<Result<Document, Rejection>> {
    let folder = TempDir::new().unwrap();
    documents([write(&folder, name, content)], options).collect()
}

fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> Input {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    Input::Path(path)
}

fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// Outcomes in short: a document's first token, or a rejection without its folder and with its hint.
fn short(outcomes: &[Result<Document, Rejection>]) -> Vec<String> {
    let one = |outcome: &Result<Document, Rejection>| match outcome {
        Ok(document) => document.sentences[0].tokens[0].form.clone(),
        Err(rejection) => {
            assert!(!rejection.hint().is_empty());
            let mut place = rejection.place.clone();
            place.name = Path::new(&*place.name).file_name().unwrap().to_str().unwrap().into();
            format!("{place}: {}", rejection.reason)
        }
    };
    outcomes.iter().map(one).collect()
}

#[track_caller]
fn check(name: &str, content: impl AsRef<[u8]>, expect: &[&str]) {
    assert_eq!(short(&read(name, content)), expect);
}

const ONE: &str = r#"{"id":"1","text":"Iran agreed."}"#;
const TWO: &str = r#"{"id":"2","text":"Iraq agreed."}"#;

#[test]
fn text_files() {
    check("a.txt", "Iran agreed.", &["Iran"]);
    check("a.txt", "\u{FEFF}Iran agreed.\r\n", &["Iran"]);
    check("report", "Iran agreed.", &["Iran"]);
    check("a.txt", ONE, &["{"]);
}

#[test]
fn json_lines() {
    check("a.jsonl", format!("{ONE}\n{TWO}\n"), &["Iran", "Iraq"]);
    check("a.jsonl", format!("{ONE}\r\n\r\n{TWO}"), &["Iran", "Iraq"]);
    check("a.ndjson", format!("\u{FEFF}{ONE}"), &["Iran"]);
    check("unnamed", format!("{ONE}\n{TWO}"), &["Iran", "Iraq"]);
    check("a.json", format!("{ONE}\n{TWO}"), &["Iran", "Iraq"]);
}

#[test]
fn json_files() {
    check("a.json", "{\n \"id\": \"1\",\n \"text\": \"Iran agreed.\"\n}", &["Iran"]);
    check("a.json", format!("[{ONE},\n{TWO}]"), &["Iran", "Iraq"]);
    check("unnamed", "{\n \"text\": \"Iran agreed.\"\n}", &["Iran"]);
    check("a.json", "[]", &["a.json: the input is empty"]);
}

#[test]
fn gzipped_files() {
    check("a.txt.gz", gzip("Iran agreed."), &["Iran"]);
    check("a.jsonl.gz", gzip(format!("{ONE}\n{TWO}")), &["Iran", "Iraq"]);
    check("unnamed", gzip(format!("{ONE}\n{TWO}")), &["Iran", "Iraq"]);
    let two = [gzip(format!("{ONE}\n")), gzip(""), gzip(TWO)].concat();
    check("members.jsonl.gz", two, &["Iran", "Iraq"]);
}

fn zst(content: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::encode_all(content.as_ref(), 3).unwrap()
}

#[test]
fn zstd_files() {
    check("a.txt.zst", zst("Iran agreed."), &["Iran"]);
    check("a.jsonl.zst", [zst(format!("{ONE}\n")), zst(""), zst(TWO)].concat(), &["Iran", "Iraq"]);
    check("unnamed", zst(format!("{ONE}\n{TWO}")), &["Iran", "Iraq"]);
    check("a.txt.zst", zst(zst("Iran agreed.")), &["a.txt.zst: not text: zstd within zstd or gzip"]);
    check("a.txt.zst", zst(gzip("Iran agreed.")), &["a.txt.zst: not text: gzip within gzip or zstd"]);
}

#[test]
fn zstd_bombs_and_broken_zstd_are_rejected_and_the_next_file_read() {
    let folder = TempDir::new().unwrap();
    let lines: String = (0..30_000).map(|i| format!("{{\"text\":\"Iran {} agreed.\"}}\n", i * 7919 % 30_011)).collect();
    let whole = zst(&lines);
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    encoder.write_all(lines.as_bytes()).unwrap();
    let wide = encoder.finish().unwrap();
    for (name, content, what) in [
        ("bomb.txt.zst", zst(vec![b'a'; 100 << 20]), "long"),
        ("bomb.jsonl.zst", zst(vec![b' '; 100 << 20]), "bomb"),
        ("cut.jsonl.zst", whole[..whole.len() / 2].to_vec(), "zstd"),
        ("wide.jsonl.zst", wide, "zstd"),
        ("cut.txt.zst", whole[..3].to_vec(), "text"),
    ] {
        let inputs = [write(&folder, name, content), write(&folder, "good.txt", "Iran agreed.")];
        let outcomes: Vec<_> = documents(inputs, Options::default()).collect();
        let bad: Vec<_> = outcomes.iter().filter_map(|o| o.as_ref().err()).collect();
        let found = match &bad[..] {
            [Rejection { reason: Reason::TooLong(_), .. }] => "long",
            [Rejection { reason: Reason::TooLong(_), .. }, Rejection { reason: Reason::Bomb(_), .. }] => "bomb",
            [Rejection { reason: Reason::Bomb(_), .. }] => "bomb",
            [Rejection { reason: Reason::Zstd(_), .. }] => "zstd",
            [] | [Rejection { reason: Reason::Binary(_), .. }] => "text",
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(found, what, "{name}: {bad:?}");
        assert_eq!(outcomes.last().unwrap().as_ref().unwrap().text, "Iran agreed.", "{name}");
        if name == "cut.jsonl.zst" {
            assert!(outcomes.len() > 100, "what was unpacked before the cut is read: {}", outcomes.len());
        }
    }
}

#[test]
fn text_in_any_encoding_is_read_and_led_back() {
    for (given, text, at) in [
        (
            &b"The K\xF6ln \x93summit\x94 ended. Iran agreed."[..],
            "The Köln \u{201C}summit\u{201D} ended. Iran agreed.",
            25,
        ),
        (
            b"\xCC\xEE\xF1\xEA\xE2\xE0 \xEF\xEE\xE4\xEF\xE8\xF1\xE0\xEB\xE0. Iran agreed.",
            "Москва подписала. Iran agreed.",
            18,
        ),
    ] {
        let outcomes = read("a.txt", given);
        let document = outcomes[0].as_ref().unwrap();
        assert_eq!(document.text, text);
        let last = document.original(document.sentences.last().unwrap().span);
        assert_eq!((last.start, last.end), (at, given.len()), "{:?}", document.sentences);
        assert_eq!(&given[last.start..last.end], b"Iran agreed.");
        assert!(document.problems[0].what.starts_with("not UTF-8, read as windows-125"), "{:?}", document.problems);
    }
    let outcomes = read("a.jsonl", b"{\"text\":\"K\xF6ln agreed.\"}");
    let document = outcomes[0].as_ref().unwrap();
    assert_eq!((document.text.as_str(), document.problems.len()), ("Köln agreed.", 1));
}

#[test]
fn the_format_can_be_given() {
    let options = Options { format: Some(Format::JsonLines), ..Options::default() };
    assert_eq!(short(&read_with("a.txt", ONE, options)), ["Iran"]);
}

#[test]
fn fields_are_read() {
    let record = r#"{"id":7,"sentences":["Iran agreed.","Iraq did not."],"date":"2019-02-26T10:00:00Z",
        "publisher":"Example News","title":"Yes","author":"Jane Doe","url":"https://example.org/1","language":"en","licence":"CC-BY-4.0","other":[{}]}"#;
    let outcomes = read("a.jsonl", record.replace('\n', " "));
    let document = outcomes[0].as_ref().unwrap();
    let meta = &document.meta;
    assert_eq!(meta.id, "7");
    assert_eq!(meta.published, Some(date(2019, 2, 26)));
    assert_eq!(meta.publisher.as_deref(), Some("Example News"));
    assert_eq!(meta.title.as_deref(), Some("Yes"));
    assert_eq!(meta.author.as_deref(), Some("Jane Doe"));
    assert_eq!(meta.uri.as_deref(), Some("https://example.org/1"));
    assert_eq!(meta.language.as_deref(), Some("en"));
    assert_eq!(meta.licence.as_deref(), Some("CC-BY-4.0"));
    assert_eq!(document.text, "Iran agreed.\nIraq did not.");
    assert_eq!(document.sentences.len(), 2);
    assert!(document.problems.is_empty());
}

#[test]
fn defaults_fill_what_is_not_given() {
    let defaults = Defaults {
        published: Some(date(2020, 1, 2)),
        publisher: Some("Example News".to_owned()),
        language: Some("en".to_owned()),
        ..Defaults::default()
    };
    let options = Options { defaults, ..Options::default() };
    let outcomes =
        read_with("a.jsonl", format!("{ONE}\n{}", TWO.replace("}", r#","date":"2019-02-26"}"#)), options.clone());
    let dates: Vec<_> = outcomes.iter().map(|o| o.as_ref().unwrap().meta.published).collect();
    assert_eq!(dates, [Some(date(2020, 1, 2)), Some(date(2019, 2, 26))]);
    let outcomes = read_with("a.txt", "Iran agreed.", options);
    assert_eq!(outcomes[0].as_ref().unwrap().meta.publisher.as_deref(), Some("Example News"));
}

#[test]
fn a_broken_line_is_rejected_and_the_rest_read() {
    let broken = r#"{"id":"x","text":"Iran" "agreed"}"#;
    check(
        "a.jsonl",
        format!("{ONE}\n{broken}\n{TWO}\n"),
        &["Iran", "a.jsonl:2:25: not valid JSON: expected `,` or `}`", "Iraq"],
    );
    check(
        "cut.jsonl",
        format!("{ONE}\n{}", &TWO[..20]),
        &["Iran", "cut.jsonl:2:20: not valid JSON: EOF while parsing a string"],
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check(
        "deep.jsonl",
        format!("{{\"x\":{deep}}}\n{{\"text\":{deep}}}\n{TWO}"),
        &[
            "deep.jsonl:1: neither `text` nor `sentences` is given",
            "deep.jsonl:2:135: not valid JSON: recursion limit exceeded",
            "Iraq",
        ],
    );
}

#[test]
fn records_without_text_are_rejected() {
    check("a.jsonl", r#"{"id":"1"}"#, &["a.jsonl:1: neither `text` nor `sentences` is given"]);
    check("a.jsonl", r#"{"text":null}"#, &["a.jsonl:1: neither `text` nor `sentences` is given"]);
    check("a.jsonl", r#"{"text":" "}"#, &["a.jsonl:1: the text is empty"]);
    check("a.jsonl", r#"{"sentences":[]}"#, &["a.jsonl:1: the text is empty"]);
    check("a.jsonl", r#"{"text":5}"#, &["a.jsonl:1: `text` must be a string, found a number"]);
    check(
        "a.jsonl",
        r#"{"sentences":["a",null]}"#,
        &["a.jsonl:1: `sentences` must be a list of strings, found a list that holds null"],
    );
    check("a.jsonl", r#"{"sentences":{}}"#, &["a.jsonl:1: `sentences` must be a list of strings, found an object"]);
    check(
        "a.jsonl",
        "[1]\n5\nnull",
        &[
            "a.jsonl:1: expected a JSON object, found a list",
            "a.jsonl:2: expected a JSON object, found a number",
            "a.jsonl:3: expected a JSON object, found null",
        ],
    );
}

#[test]
fn wrong_metadata_is_a_problem_and_no_rejection() {
    let record = r#"{"id":["x"],"text":"Iran agreed.","published":"26/02/19","publisher":5}"#;
    let outcomes = read("a.jsonl", record);
    let document = outcomes[0].as_ref().unwrap();
    let what: Vec<&str> = document.problems.iter().map(|p| p.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "`26/02/19` is not a date, expected one such as 2019-02-26",
            "`id` must be a string, found a list of strings, passed over",
            "`publisher` must be a string, found a number, passed over",
        ]
    );
    assert_eq!(document.meta.id.len(), 32);
}

#[test]
fn the_same_id_twice_is_two_documents() {
    check("a.jsonl", format!("{ONE}\n{ONE}"), &["Iran", "Iran"]);
}

#[test]
fn invalid_utf8_is_read() {
    let outcomes = read("a.jsonl", b"{\"text\":\"Iran \xFF agreed.\"}");
    assert_eq!(outcomes[0].as_ref().unwrap().problems.len(), 1);
    let outcomes = read("a.txt", b"Iran \xFF agreed.");
    assert_eq!(outcomes[0].as_ref().unwrap().problems.len(), 1);
}

#[test]
fn empty_inputs_are_rejected() {
    check("a.txt", "", &["a.txt: the input is empty"]);
    check("a.txt", "\n \n", &["a.txt: the text is empty"]);
    check("a.jsonl", "", &["a.jsonl: the input is empty"]);
    check("a.jsonl", "\n\n", &["a.jsonl: the input is empty"]);
    check("a.json.gz", gzip(""), &["a.json.gz: the input is empty"]);
}

#[test]
fn noise_is_rejected() {
    let noise: Vec<u8> = (0..5_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check("a.txt", &noise, &["a.txt: not text: it holds NUL bytes"]);
    let high: Vec<u8> = noise.iter().map(|b| b | 0x80).collect();
    check("a.jsonl", &high, &["a.jsonl: not text: too many bytes are not UTF-8"]);
    check("a.txt", b"%PDF-1.7 ...", &["a.txt: not text: a PDF file"]);
    check("a.txt.gz", gzip(gzip("Iran agreed.")), &["a.txt.gz: not text: gzip within gzip or zstd"]);
}

#[test]
fn a_long_line_of_text_is_read() {
    let outcomes = read("a.txt", "word ".repeat(2_000_000));
    let document = outcomes[0].as_ref().unwrap();
    let tokens: usize = document.sentences.iter().map(|s| s.tokens.len()).sum();
    assert!(tokens > 49_000, "only {tokens} tokens of the first 50,000 are read");
    assert!(document.problems.iter().any(|p| p.what.contains("50000 tokens")), "{:?}", document.problems);
}

#[test]
fn what_is_too_long_is_rejected_and_the_rest_read() {
    let limits = Limits { record_bytes: 100, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(200_000));
    let outcomes = read_with("a.jsonl", format!("{ONE}\n{long}\n{TWO}"), options.clone());
    assert_eq!(short(&outcomes), ["Iran", "a.jsonl:2: the record is longer than 100 bytes", "Iraq"]);
    assert_eq!(short(&read_with("a.txt", &long, options)), ["a.txt: the record is longer than 100 bytes"]);
    let limits = Limits { sentences: 1, ..Limits::default() };
    let outcomes = read_with("a.jsonl", r#"{"sentences":["a","b"]}"#, Options { limits, ..Options::default() });
    assert_eq!(short(&outcomes), ["a.jsonl:1: the record has more than 1 sentences"]);
    let limits = Limits { record_bytes: 100, skipped_bytes: 1_000, ..Limits::default() };
    let outcomes = read_with("a.jsonl", format!("{ONE}\n{long}\n{TWO}"), Options { limits, ..Options::default() });
    assert_eq!(
        short(&outcomes),
        ["Iran", "a.jsonl:2: the line has no end within 1000 bytes, the rest of the file was not read"]
    );
}

#[test]
fn gzip_bombs_and_broken_gzip_are_rejected_and_the_next_file_read() {
    let folder = TempDir::new().unwrap();
    let whole = gzip(format!("{ONE}\n{}\n", TWO.replace("agreed", &"x1y2z3 ".repeat(30_000))));
    let mut wrong = gzip(ONE);
    let crc = wrong.len() - 6;
    wrong[crc] ^= 1;
    let inputs = [
        write(&folder, "bomb.jsonl.gz", gzip(vec![b' '; 100 << 20])),
        write(&folder, "bomb.txt.gz", gzip(vec![b'a'; 100 << 20])),
        write(&folder, "cut.jsonl.gz", &whole[..whole.len() / 2]),
        write(&folder, "crc.txt.gz", wrong),
        write(&folder, "good.txt", "Iran agreed."),
    ];
    let outcomes: Vec<_> = documents(inputs, Options::default()).collect();
    assert!(
        matches!(&outcomes[0], Err(r) if matches!(r.reason, Reason::TooLong(_) | Reason::Bomb(_))),
        "{:?}",
        outcomes[0]
    );
    let rest: Vec<&str> = outcomes
        .iter()
        .skip(1)
        .map(|o| match o {
            Ok(document) => document.text.get(..4).unwrap(),
            Err(Rejection { reason: Reason::TooLong(_), .. }) => "long",
            Err(Rejection { reason: Reason::Bomb(_), .. }) => "bomb",
            Err(Rejection { reason: Reason::Gzip(_), .. }) => "gzip",
            Err(other) => panic!("{other}"),
        })
        .collect();
    assert_eq!(rest, ["long", "Iran", "gzip", "gzip", "Iran"]);
}

#[test]
fn missing_files_are_rejected_and_the_rest_read() {
    let folder = TempDir::new().unwrap();
    let inputs = [Input::Path(PathBuf::from("no/such/file.txt")), write(&folder, "a.txt", "Iran agreed.")];
    let outcomes: Vec<_> = documents(inputs, Options::default()).collect();
    assert_eq!(short(&outcomes), ["file.txt: no such file or folder", "Iran"]);
}

#[test]
fn folders_are_read_in_order() {
    let folder = TempDir::new().unwrap();
    for (name, word) in [
        ("b.txt", "Two"),
        ("a.txt", "One"),
        ("c/d.jsonl", "Three"),
        ("z.txt", "Four"),
        (".hidden.txt", "No"),
        ("x.pdf", "No"),
    ] {
        let content =
            if name.ends_with('l') { format!(r#"{{"text":"{word} agreed."}}"#) } else { format!("{word} agreed.") };
        write(&folder, name, content);
    }
    let outcomes: Vec<_> = documents([Input::Path(folder.path().to_owned())], Options::default()).collect();
    assert_eq!(short(&outcomes), ["One", "Two", "Three", "Four"]);
    let empty = TempDir::new().unwrap();
    let outcomes: Vec<_> = documents([Input::Path(empty.path().to_owned())], Options::default()).collect();
    assert!(matches!(&outcomes[..], [Err(Rejection { reason: Reason::EmptyFolder, .. })]));
}

#[test]
fn a_dash_is_standard_input() {
    assert_eq!(Input::from_argument("-"), Input::Stdin);
    assert_eq!(Input::from_argument("./-"), Input::Path(PathBuf::from("./-")));
}

#[test]
fn names_show_their_controls() {
    let outcomes: Vec<_> = documents([Input::Path(PathBuf::from("no\u{1b}[31m.txt"))], Options::default()).collect();
    let Err(rejection) = &outcomes[0] else { panic!("read") };
    assert_eq!(rejection.to_string(), "no\\u{1b}[31m.txt: no such file or folder");
}
