//! What a store promises: each report once, whatever the order, and back as it came.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // tests fail by panicking

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use readout_record::Record;
use readout_store::{Added, Arrival, Prior, Report, Store, StoreError, Version, What};
use serde_json::json;

fn version() -> Version {
    Version { program: "1".into(), model: "m".into(), actors: "a".into(), codebook: "c".into(), reading: "all".into() }
}

fn open(path: &Path) -> Store {
    Store::open_or_create(path, &version()).unwrap()
}

/// A report of one sentence with one event, of type `kind` between two countries.
fn report(name: &str, published: Option<&str>, publisher: Option<&str>, kind: &str) -> Report {
    let text = format!("Kenya's minister said in {name} that Kenya had met Uganda near Lake Turkana, as {kind}.");
    let record: Record = serde_json::from_value(json!({
        "schema": "readout/1", "id": name, "published": published, "publisher": publisher, "codebook": "c",
        "language": "en", "credit": "APA",
        "sentences": [{"span": [0, text.len()]}],
        "furniture": [{"kind": "dateline", "span": [0, 5], "value": "NAIROBI"}],
        "dateline": {"place": "NAIROBI", "date": published, "span": [0, 5]},
        "events": [{
            "id": format!("{:0>20}", format!("{name}{kind}").bytes().map(|b| format!("{b:02x}")).collect::<String>()),
            "sent": 0, "trigger": "met", "span": [36, 39], "type": kind, "contexts": ["legal", "military"],
            "cameo": "040", "quad": 1, "score": -7.3, "goldstein": 2.8, "status": "fact",
            "actor": [{"text": "Kenya", "span": [0, 5], "code": "KENGOV", "country": "KEN", "sector": "GOV"}],
            "recipient": [{"text": "Uganda", "span": [40, 46], "code": "UGA", "country": "UGA", "inferred": "office"}],
            "place": {"text": "Lake Turkana", "span": [52, 64], "lat": 3.65, "lon": 36.1, "country": "KEN"},
            "when": "in May", "when_span": [1, 2], "date": "2019-05-01/2019-05-31", "granularity": "month",
            "said_by": [{"text": "Kenya's minister", "span": [0, 16], "code": "KENGOV", "cue": "said"}],
            "rule": "consult/meet", "confidence": 0.85
        }],
        "attributions": [{
            "sent": 0, "source": {"text": "Kenya's minister", "spans": [[0, 16]], "code": "KENGOV"},
            "cue": {"text": "said", "spans": [[17, 21]]}, "content": {"text": "that", "spans": [[26, 30], [31, 35]]},
            "kind": "indirect"
        }],
        "problems": [{"span": null, "what": "nothing much"}]
    }))
    .unwrap();
    Report::new(text, false, true, record)
}

fn arrival(input: &str, ordinal: u64, report: Report) -> Arrival {
    let hash = readout_store::document_key(&format!("{:?}", report.record), &report.text);
    let line = Some(ordinal + 1);
    Arrival {
        input: input.into(),
        ordinal: Some(ordinal),
        line,
        offset: None,
        hash,
        what: What::Report(Box::new(report)),
    }
}

fn rejected(input: &str, ordinal: u64) -> Arrival {
    let what = What::Rejected("the text is empty".into());
    Arrival { input: input.into(), ordinal: Some(ordinal), line: None, offset: Some(7), hash: "r".into(), what }
}

/// Ten reports on four days, some of one act, one without a day, one rejected.
fn batch() -> Vec<Arrival> {
    let mut out: Vec<Arrival> = (0..10)
        .map(|i| {
            let day = format!("2019-05-{:02}", 10 + i % 4);
            let published = (i != 9).then_some(day.as_str());
            let kind = if i < 7 { "CONSULT" } else { "ASSAULT" };
            arrival("news.jsonl", i, report(&format!("r{i}"), published, Some("Daily"), kind))
        })
        .collect();
    out.push(rejected("news.jsonl", 10));
    out
}

fn stored(path: &Path, batches: &[Vec<Arrival>]) -> String {
    let mut store = open(path);
    let run = store.begin("add", &version()).unwrap();
    for batch in batches {
        store.write(run, batch).unwrap();
        store.link(1).unwrap();
    }
    store.finish(run).unwrap();
    store.contents().unwrap().hash
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    (folder, path)
}

#[test]
fn what_goes_in_comes_out() {
    let (_folder, path) = folder();
    let given = report("a", Some("2019-05-10"), Some("Daily"), "CONSULT");
    stored(&path, &[vec![arrival("x", 0, given.clone())]]);
    let store = Store::open(&path).unwrap();
    let kept: Vec<_> = store.documents().unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].record, given.record);
    assert_eq!(kept[0].text, given.text);
    assert_eq!(kept[0].key, given.key());
}

#[test]
fn twice_is_once() {
    let (_folder, path) = folder();
    let once = stored(&path, &[batch()]);
    let mut store = open(&path);
    let run = store.begin("add", &version()).unwrap();
    let again = store.write(run, &batch()).unwrap();
    assert_eq!(again, Added { again: 11, ..Added::default() });
    assert_eq!(store.contents().unwrap().hash, once);
    let contents = store.contents().unwrap();
    assert_eq!((contents.documents, contents.outcomes, contents.rejected), (10, 11, 1));
    assert_eq!(store.prior("news.jsonl", Some(10), "r").unwrap(), Prior::Done);
    assert_eq!(store.prior("news.jsonl", Some(3), "r").unwrap(), Prior::Elsewhere);
    assert_eq!(store.prior("news.jsonl", Some(3), "s").unwrap(), Prior::New);
}

#[test]
fn a_record_from_elsewhere_is_the_same_document() {
    let (_folder, path) = folder();
    let mut store = open(&path);
    let run = store.begin("add", &version()).unwrap();
    let first = arrival("a.jsonl", 0, report("a", None, None, "AID"));
    let again = Arrival { input: "b.jsonl".into(), ordinal: None, what: What::Again, ..first.clone() };
    let added = store.write(run, &[first, again.clone(), again]).unwrap();
    assert_eq!(added, Added { documents: 1, events: 1, again: 2, rejected: 0 });
    let contents = store.contents().unwrap();
    assert_eq!((contents.documents, contents.outcomes), (1, 2));
}

#[test]
fn the_record_that_says_more_is_kept_whichever_comes_first() {
    let poor = || arrival("a", 0, report("a", None, None, "AID"));
    let rich = || arrival("b", 0, report("a", Some("2019-05-10"), Some("Daily"), "AID"));
    let mut seen = Vec::new();
    for order in [[poor(), rich()], [rich(), poor()]] {
        let (_folder, path) = folder();
        seen.push(stored(&path, &[order.to_vec()]));
        let store = Store::open(&path).unwrap();
        let kept = store.documents().unwrap().next().unwrap().unwrap();
        assert_eq!(kept.record.publisher.as_deref(), Some("Daily"));
        let found: i64 =
            sqlite(&path).query_row("SELECT count(*) FROM sentences_fts('turkana')", [], |r| r.get(0)).unwrap();
        assert_eq!(found, 1, "the index of sentences follows");
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn acts_told_again_are_linked_to_the_first() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let contents = store.contents().unwrap();
    assert_eq!(contents.events, 10);
    // Seven tell of one meeting, two of one attack, and one, without a day, stands alone.
    assert_eq!(contents.acts, 3);
    let mentions: Vec<i64> = sqlite(&path)
        .prepare("SELECT mentions FROM acts ORDER BY mentions")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(mentions, [1, 2, 7]);
}

/// The same long text with another beginning, so that it is another report that repeats it.
fn copy(name: &str, day: &str, extra: &str) -> Report {
    let mut text: String = (0..20).map(|i| format!("Envoy {i} spoke of dam {i} and of river {i}. ")).collect();
    text.push_str(extra);
    let record: Record =
        serde_json::from_value(json!({"schema": "readout/1", "id": name, "published": day, "publisher": name}))
            .unwrap();
    Report::new(text, false, true, record)
}

#[test]
fn copies_point_at_the_first_printed() {
    let all = [
        copy("b", "2019-05-11", "More at ten."),
        copy("a", "2019-05-10", "Read on."),
        copy("c", "2019-05-12", "Read on."),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let (_folder, path) = folder();
        let batch: Vec<_> = order.iter().map(|i| arrival("x", *i as u64, all[*i].clone())).collect();
        stored(&path, &[batch]);
        let store = Store::open(&path).unwrap();
        let kept: Vec<_> = store.documents().unwrap().map(Result::unwrap).collect();
        let first = Some(kept[0].key.clone());
        assert_eq!(kept.iter().map(|k| k.copy_of.clone()).collect::<Vec<_>>(), [None, first.clone(), first]);
        assert_eq!(store.contents().unwrap().copies, 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_order_and_the_batches_do_not_matter(order in Just((0..11).collect::<Vec<usize>>()).prop_shuffle(), cut in 0_usize..11) {
        let whole = batch();
        let mut shuffled: Vec<Arrival> = order.iter().map(|i| whole[*i].clone()).collect();
        let rest = shuffled.split_off(cut);
        let (_a, one) = folder();
        let (_b, two) = folder();
        prop_assert_eq!(stored(&one, &[whole]), stored(&two, &[shuffled, rest]));
    }
}

#[test]
fn a_batch_that_fails_leaves_nothing() {
    let (_folder, path) = folder();
    let mut store = open(&path);
    let run = store.begin("add", &version()).unwrap();
    let before = store.contents().unwrap();
    // No record with this hash was ever seen.
    let lost = Arrival { what: What::Again, ..rejected("y", 0) };
    assert!(store.write(run, &[arrival("x", 0, report("a", None, None, "AID")), lost]).is_err());
    assert_eq!(store.contents().unwrap(), before);
}

#[test]
fn files_that_are_no_stores_are_told() {
    let (folder, path) = folder();
    assert!(matches!(Store::open(&path), Err(StoreError::NotFound(_))));
    let text = folder.path().join("notes.txt");
    fs::write(&text, "not a database, but long enough to look like a file of some kind".repeat(40)).unwrap();
    assert!(matches!(Store::open(&text), Err(StoreError::NotAStore(_))));
    assert!(matches!(Store::open_or_create(&text, &version()), Err(StoreError::NotAStore(_))));
    let other = folder.path().join("other.db");
    sqlite(&other).execute_batch("CREATE TABLE t (a); PRAGMA user_version = 3;").unwrap();
    assert!(matches!(Store::open_or_create(&other, &version()), Err(StoreError::NotAStore(_))));
    stored(&path, &[]);
    sqlite(&path).execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::TooNew { found: 99, .. })));
}

#[test]
fn a_store_has_one_coder() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let other = Version { codebook: "d".into(), ..version() };
    let error = Store::open_or_create(&path, &other).unwrap_err();
    assert!(matches!(error, StoreError::OtherCoder { what: "codebook", .. }), "{error}");
    assert!(error.hint().contains("recode"));
}

#[test]
fn damage_is_found() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    assert!(Store::open(&path).unwrap().check().is_ok());
    let size = fs::metadata(&path).unwrap().len();
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    for at in (size / 3..size).step_by(4096) {
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&[0xAA; 64]).unwrap();
    }
    drop(file);
    let found = Store::open(&path).and_then(|s| s.check());
    assert!(matches!(found, Err(StoreError::Damaged { .. })), "{found:?}");
}

#[test]
fn sentences_can_be_searched() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let found: String = sqlite(&path)
        .query_row(
            "SELECT t.text FROM sentences_fts f JOIN sentence_text t ON t.id = f.rowid
             WHERE sentences_fts MATCH 'turkana AND r3'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(found.contains("r3"), "{found}");
}

fn sqlite(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}
