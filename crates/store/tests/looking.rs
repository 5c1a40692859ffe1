//! What the explorer asks: rows in order, events with their sentences, copies, changes, and an end to long questions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

mod support;

use std::time::Duration;

use readout_store::{Filter, Order, SqlLimits, Store, StoreError, Value};
use support::{arrival, batch, folder, open, report, stored, version};

fn days(store: &Store, order: Order) -> Vec<Option<String>> {
    let rows: Vec<i64> = store.orders().unwrap().by(order).iter().map(|r| i64::from(*r)).collect();
    store.evidence(&rows).unwrap().into_iter().map(|e| e.report.published).collect()
}

#[test]
fn rows_come_in_the_order_of_days_and_those_without_one_last() {
    let (_folder, path) = folder();
    let mut store = open(&path);
    let run = store.begin("add", &version()).unwrap();
    let mut reports = [("a", Some("2019-05-02")), ("b", None), ("c", Some("2019-05-03")), ("d", Some("2019-05-01"))]
        .map(|(name, day)| report(name, day, None, "AID"));
    for report in &mut reports {
        report.record.events[0].date = None;
    }
    let arrivals: Vec<_> = (0..).zip(reports).map(|(i, r)| arrival("in", i, r)).collect();
    store.write(run, &arrivals).unwrap();
    let day = |day: &str| Some(format!("2019-05-{day}"));
    assert_eq!(days(&store, Order::Newest), [day("03"), day("02"), day("01"), None]);
    assert_eq!(days(&store, Order::Oldest), [day("01"), day("02"), day("03"), None]);
    assert_eq!(days(&store, Order::Surest), [day("03"), day("02"), day("01"), None]);
}

#[test]
fn an_event_comes_with_its_sentence_and_how_often_it_is_told() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let rows = store.matching(&Filter { kind: vec!["ASSAULT".into()], ..Filter::default() }).unwrap();
    assert_eq!(rows.len(), 3);
    let found = store.evidence(&[i64::from(rows[0]), 999_999]).unwrap();
    assert_eq!(found.len(), 1, "a row that is gone is passed over");
    let e = &found[0];
    let whole = store.find(&e.report.key).unwrap().unwrap();
    assert_eq!(e.event, *whole.record.events.iter().find(|other| other.id == e.event.id).unwrap());
    assert_eq!(whole.text[e.start..], e.sentence);
    let same = "SELECT count(*) FROM events WHERE ifnull(same_as, event_id) = (SELECT ifnull(same_as, event_id) FROM events WHERE id = ";
    let grid = Store::query(&path, &format!("{same}{})", rows[0]), SqlLimits::default()).unwrap();
    assert_eq!(grid.rows[0][0], Value::Integer(e.told.mentions as i64));
    assert_eq!(store.find("nothing").unwrap(), None);
}

#[test]
fn copies_know_each_other() {
    let (_folder, path) = folder();
    let long = ["one", "two"].map(|name| {
        let mut report = report(name, Some("2019-05-01"), Some(name), "AID");
        let text = report.text.replace(name, "a long statement to reporters in front of the old town hall of Nairobi");
        report.record.sentences[0].span[1] = text.len();
        readout_store::Report::new(text, false, true, report.record)
    });
    let second = long[1].key();
    stored(&path, &[(0..).zip(long).map(|(i, r)| arrival("in", i, r)).collect()]);
    let store = Store::open(&path).unwrap();
    let copies = store.copies(&second, 10).unwrap();
    assert_eq!(copies.iter().map(|c| (c.report.name.as_str(), c.first)).collect::<Vec<_>>(), [("one", true)]);
    let about = store.overview().unwrap();
    assert_eq!((about.reports, about.copies, about.publishers, about.events), (2, 1, 2, 2));
    assert_eq!(about.days, Some(("2019-05-01".into(), "2019-05-01".into())));
}

#[test]
fn words_that_are_no_query_are_told() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    assert!(store.searchable("kenya OR uga*").is_ok());
    for wrong in ["\"open", "a AND", "NEAR(", "U.S.", "col:x"] {
        assert!(matches!(store.searchable(wrong), Err(StoreError::Words(_))), "{wrong}");
    }
}

#[test]
fn a_question_ends_in_time_and_a_change_is_seen() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let mut store = Store::open(&path).unwrap();
    let before = store.changes().unwrap();
    stored(&path, &[vec![arrival("more", 0, report("more", None, None, "AID"))]]);
    assert_ne!(store.changes().unwrap(), before);
    store.within(Duration::ZERO).unwrap();
    let many = Filter { text: Some("kenya".into()), ..Filter::default() };
    // Small questions may end before the clock is looked at; none may fail otherwise.
    assert!(matches!(store.matching(&many), Ok(_) | Err(StoreError::TooLong(_))));
    store.within(Duration::from_secs(60)).unwrap();
    assert_eq!(store.matching(&many).unwrap().len(), 11);
}
