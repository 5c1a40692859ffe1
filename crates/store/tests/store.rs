//! What a store promises: each report once, whatever the order, and back as it came.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // tests fail by panicking

use std::fs;
use std::io::{Seek, SeekFrom, Write};

mod support;

use proptest::prelude::*;
use readout_record::Record;
use readout_store::{Added, Arrival, Prior, Report, Store, StoreError, Version, What};
use serde_json::json;
use support::{arrival, batch, folder, open, rejected, report, sqlite, stored, version};

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
        assert_eq!(
            kept.iter().map(|k| k.copy_of.clone().map(|first| first.key)).collect::<Vec<_>>(),
            [None, first.clone(), first]
        );
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
fn a_text_or_name_that_was_changed_is_found() {
    for change in ["text = replace(text, 'Kenya', 'Ghana') WHERE id = 3", "name = 'other' WHERE id = 3"] {
        let (_folder, path) = folder();
        stored(&path, &[batch()]);
        sqlite(&path).execute(&format!("UPDATE documents SET {change}"), []).unwrap();
        let found = Store::open(&path).and_then(|s| s.check());
        assert!(matches!(found, Err(StoreError::Damaged { .. })), "{change}: {found:?}");
    }
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
