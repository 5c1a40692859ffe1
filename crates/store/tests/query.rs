//! Questions to a store: filters, counts, columns, SQL from users.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // tests fail by panicking

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use readout_store::columns::{Columns, Facet, Selection};
use readout_store::{Field, Filter, SqlLimits, Store, StoreError, Value, Who};
use support::{batch, folder, sqlite, stored};

/// Seven meetings and three attacks, all between Kenya and Uganda, on four days.
fn store() -> (tempfile::TempDir, PathBuf, Store) {
    let (folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    (folder, path, store)
}

fn count(store: &Store, filter: &Filter) -> usize {
    store.events(filter, 1000).unwrap().rows.len()
}

fn who(name: &str) -> Vec<Who> {
    vec![Who::new(name)]
}

#[test]
fn filters_say_which_events() {
    let (_folder, _, store) = store();
    let f = Filter::default;
    for (filter, n) in [
        (f(), 10),
        (Filter { kind: vec!["assault".into()], ..f() }, 3),
        (Filter { kind: vec!["ASSAULT".into(), "CONSULT".into()], ..f() }, 10),
        (Filter { actor: who("KEN"), ..f() }, 10),
        (Filter { actor: who("KENMIL"), ..f() }, 0),
        (Filter { actor: who("UGA"), ..f() }, 0),
        (Filter { party: who("UGA"), ..f() }, 10),
        (Filter { recipient: who("uganda"), ..f() }, 10),
        (Filter { speaker: who("minister"), ..f() }, 10),
        (Filter { unattributed: true, ..f() }, 0),
        (Filter { place: who("KEN"), ..f() }, 10),
        (Filter { place: who("turkana"), ..f() }, 10),
        (Filter { publisher: vec!["dail".into()], ..f() }, 10),
        (Filter { status: vec!["future".into()], ..f() }, 0),
        (Filter { quad: vec![1], ..f() }, 10),
        (Filter { from: Some("2019-05-01".parse().unwrap()), to: Some("2019-05-01".parse().unwrap()), ..f() }, 10),
        (Filter { from: Some("2019-05-02".parse().unwrap()), ..f() }, 0),
        (Filter { text: Some("turkana AND r3".into()), ..f() }, 1),
        (Filter { confidence: Some(0.9), ..f() }, 0),
        (Filter { acts: true, ..f() }, 3),
        (Filter { actor: who("'; DROP TABLE events; --"), ..f() }, 0),
    ] {
        assert_eq!(count(&store, &filter), n, "{filter:?}");
    }
}

#[test]
fn counts_say_how_many_of_what() {
    let (_folder, _, store) = store();
    let grid = store.counts(&Filter::default(), &[Field::Type], 10).unwrap();
    assert_eq!(grid.columns, ["type", "events", "documents", "mean_score"]);
    let text = |t: &str| Value::Text(t.to_owned());
    assert_eq!(grid.rows[0], [text("CONSULT"), Value::Integer(7), Value::Integer(7), Value::Real(-7.3)]);
    assert_eq!(grid.rows[1][..2], [text("ASSAULT"), Value::Integer(3)]);
    let grid = store.counts(&Filter::default(), &[Field::Month, Field::ActorCountry, Field::Type], 1).unwrap();
    assert_eq!(grid.rows[0][..3], [text("2019-05"), text("KEN"), text("ASSAULT")]);
    assert!(grid.cut);
    let all = store.counts(&Filter { kind: vec!["AID".into()], ..Filter::default() }, &[], 10).unwrap();
    assert_eq!(all.rows[0][0], Value::Integer(0));
    for (field, name) in Field::ALL {
        let grid = store.counts(&Filter::default(), &[field], 100).unwrap();
        assert_eq!(grid.columns[0], name);
        assert!(!grid.rows.is_empty());
    }
}

#[test]
fn columns_count_what_sql_counts() {
    let (_folder, _, store) = store();
    let columns = Columns::of(&store, &Filter::default()).unwrap();
    assert_eq!((columns.len(), columns.bytes()), (10, 190));
    let facets = columns.facets(&Selection::default());
    assert_eq!(facets.events, 10);
    let of = |facet: Facet| -> Vec<(String, u64)> {
        facets.counts[&facet].iter().map(|c| (c.value.clone(), c.events)).collect()
    };
    assert_eq!(of(Facet::Type), [("CONSULT".to_owned(), 7), ("ASSAULT".to_owned(), 3)]);
    assert_eq!(of(Facet::Dyad), [("KEN-UGA".to_owned(), 10)]);
    assert_eq!(facets.months, [("2019-05".to_owned(), 10, -7.3)]);
    // A choice in one facet leaves that facet's own counts as they are, and narrows the others.
    let chosen =
        Selection { values: [(Facet::Type, BTreeSet::from(["ASSAULT".to_owned()]))].into(), ..Selection::default() };
    let facets = columns.facets(&chosen);
    assert_eq!(facets.events, 3);
    assert_eq!(facets.counts[&Facet::Type].len(), 2);
    assert_eq!(facets.counts[&Facet::Publisher][0].events, 3);
    // Only some rows, and several choices at once.
    let rows = columns.rows(&chosen);
    assert_eq!(rows.len(), 3);
    let two = Selection { only: Some(rows[1..].to_vec()), ..Selection::default() };
    assert_eq!(columns.facets(&two).events, 2);
    assert_eq!(columns.rows(&two), rows[1..]);
    let of = |facet: Facet, value: &str| (facet, BTreeSet::from([value.to_owned()]));
    let both = Selection { values: [of(Facet::Type, "ASSAULT"), of(Facet::Dyad, "UGA-KEN")].into(), ..two };
    let facets = columns.facets(&both);
    assert_eq!(facets.events, 0);
    assert_eq!(facets.counts[&Facet::Dyad][0].events, 2, "as the choice of the type leaves them");
    assert!(facets.counts[&Facet::Type].is_empty(), "as the choice of the dyad leaves them");
    let none = Selection { from: Some("2020-01-01".parse().unwrap()), ..Selection::default() };
    assert_eq!(columns.facets(&none).events, 0);
}

#[test]
fn the_most_frequent_values_and_the_chosen_are_listed() {
    let (_folder, _, store) = store();
    let columns = Columns::of(&store, &Filter::default()).unwrap();
    let all = columns.facets(&Selection::default());
    for facet in [Facet::Type, Facet::Actor, Facet::Publisher] {
        let values = &all.counts[&facet];
        let rarest = values.last().unwrap().value.clone();
        let selection =
            Selection { values: [(facet, BTreeSet::from([rarest.clone()]))].into(), ..Selection::default() };
        let counted = columns.counted(&selection, 1);
        let listed = &counted.facets.counts[&facet];
        assert_eq!(listed[0], values[0]);
        assert!(listed.len() <= 2 && listed.iter().any(|c| c.value == rarest), "{listed:?}");
        assert_eq!(counted.facets.distinct[&facet], values.len());
        let rows = columns.rows(&selection);
        assert_eq!(rows.len() as u64, counted.facets.events);
        assert_eq!((0..20).filter(|row| counted.rows.has(*row)).collect::<Vec<u32>>(), rows);
    }
    // Given rows are counted as if they were all there is; rows that are not there count nothing.
    let some = Selection { only: Some(vec![0, 2, 3, 99]), ..Selection::default() };
    assert_eq!((columns.facets(&some).events, columns.rows(&some)), (2, vec![2, 3]));
}

#[test]
fn words_find_the_same_in_memory() {
    let (_folder, _, store) = store();
    let by_sentence = store.by_sentence().unwrap();
    for words in ["turkana", "turkana OR nothing", "turk*", "nothing"] {
        let filter = Filter { text: Some(words.to_owned()), ..Filter::default() };
        assert_eq!(store.telling(words, &by_sentence).unwrap(), store.matching(&filter).unwrap(), "{words}");
    }
}

fn ask(path: &std::path::Path, sql: &str) -> Result<readout_store::Grid, StoreError> {
    Store::query(path, sql, SqlLimits::default())
}

#[test]
fn users_sql_reads() {
    let (_folder, path, _) = store();
    assert_eq!(ask(&path, "SELECT count(*) AS n FROM events;").unwrap().rows, [[Value::Integer(10)]]);
    assert_eq!(ask(&path, "SELECT count(*) FROM sentences_fts('turkana')").unwrap().rows, [[Value::Integer(10)]]);
    assert_eq!(ask(&path, "-- nothing").unwrap().rows.len(), 0);
    let counted = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT i FROM n";
    let grid = ask(&path, counted).unwrap();
    assert_eq!((grid.rows.len(), grid.cut), (10_000, true));
}

#[test]
fn users_sql_does_nothing_else() {
    let (folder, path, store) = store();
    let before = store.contents().unwrap();
    let other = folder.path().join("other.db");
    for sql in [
        "DELETE FROM events",
        "INSERT INTO runs (command, started, program, model, codebook) VALUES ('', '', '', '', '')",
        "UPDATE documents SET text = ''",
        "DROP TABLE events",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t AS SELECT * FROM events",
        "PRAGMA writable_schema = 1",
        "PRAGMA query_only = 0",
        "PRAGMA database_list",
        "VACUUM",
        "BEGIN IMMEDIATE",
        &format!("ATTACH '{}' AS o", other.display()),
        &format!("VACUUM INTO '{}'", other.display()),
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM events",
        "SELECT 1; SELECT 2",
        "SELECT zeroblob(1000000000)",
        "SELECT no_such_column FROM events",
        "SELEC 1",
    ] {
        let answer = ask(&path, sql);
        assert!(matches!(answer, Err(StoreError::Sql { .. })), "{sql}: {answer:?}");
    }
    assert!(!other.exists());
    assert_eq!(store.contents().unwrap(), before);
}

#[test]
fn users_sql_ends() {
    let (_folder, path, _) = store();
    for sql in [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT count(*) FROM events a, events b, events c, events d, events e, events f, events g, events h, events i",
        "WITH RECURSIVE n(t) AS (SELECT 'a' UNION ALL SELECT t || t FROM n) SELECT max(length(t)) FROM n",
    ] {
        let clock = Instant::now();
        assert!(matches!(ask(&path, sql), Err(StoreError::Sql { .. })), "{sql}");
        assert!(clock.elapsed() < Duration::from_millis(1_100), "{sql}: {:?}", clock.elapsed());
    }
}

#[test]
fn the_view_of_acts_counts_outlets() {
    let (_folder, path, _) = store();
    let outlets: i64 =
        sqlite(&path).query_row("SELECT outlets FROM acts ORDER BY mentions DESC LIMIT 1", [], |r| r.get(0)).unwrap();
    assert_eq!(outlets, 1);
}

#[test]
fn an_answer_has_a_size_and_an_error_a_place() {
    let (_folder, path, _) = store();
    let limits = SqlLimits { bytes: 1_000, ..SqlLimits::default() };
    let grid = Store::query(&path, "SELECT printf('%100d', id) FROM events", limits).unwrap();
    assert!(grid.cut && grid.rows.len() < 10 && grid.rows.len() > 5, "{}", grid.rows.len());
    let Err(StoreError::Sql { what, at }) = ask(&path, "SELECT id, nowhere FROM events") else { panic!("an error") };
    assert_eq!((what.as_str(), at), ("no such column: nowhere", Some(11)));
}
