//! Series, dyads and places in memory say what SQL says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests fail by panicking

mod support;

use std::collections::BTreeSet;

use readout_store::columns::{Columns, Facet, Row, Selection, Spot, Step, Tie, Unit};
use readout_store::{Filter, Store};
use support::{batch, folder, stored};

fn row(id: u32, day: i64, parties: [&str; 2], quad: u8) -> Row {
    Row {
        id,
        day: (day >= 0).then_some(day),
        kind: if quad > 2 { "ASSAULT".into() } else { "AID".into() },
        quad,
        status: "fact".into(),
        actor: parties[0].split(' ').map(str::to_owned).collect(),
        recipient: vec![parties[1].to_owned()],
        place: if id == 0 { "KEN".into() } else { String::new() },
        spot: Spot::new(-1.286, 36.8).filter(|_| id < 2),
        place_name: if id == 0 { "the city of Nairobi".into() } else { "Nairobi".into() },
        score: if quad > 2 { -9.0 } else { 6.0 },
        ..Row::default()
    }
}

/// Days count from Thursday, 1970-01-01.
fn columns() -> Columns {
    let mut columns = Columns::default();
    columns.push(&row(0, 0, ["KENGOV", "UGAGOV"], 4));
    columns.push(&row(1, 3, ["KENGOV KENMIL", "UGAMIL"], 2));
    columns.push(&row(2, 4, ["UGAGOV", "KENGOV"], 1));
    columns.push(&row(3, 40, ["UGAGOV", "IGOUNO"], 3));
    columns.push(&row(4, -1, ["KENGOV", "KENREB"], 4));
    columns
}

fn of(facet: Facet, value: &str) -> Selection {
    Selection { values: [(facet, BTreeSet::from([value.to_owned()]))].into(), ..Selection::default() }
}

#[test]
fn series_have_every_bin_and_every_event() {
    let days = columns().daily(&Selection::default());
    let span = days.span().unwrap();
    assert_eq!((span.0.to_string(), span.1.to_string()), ("1970-01-01".into(), "1970-02-10".into()));
    assert_eq!((days.total().events(), days.undated.events()), (5, 1));
    let counts = |step| -> Vec<u64> { days.bins(step, span, 100).iter().map(|b| b.sum.events()).collect() };
    assert_eq!(counts(Step::Day).len(), 41);
    assert_eq!(counts(Step::Week), [2, 1, 0, 0, 0, 0, 1], "weeks begin on Monday");
    assert_eq!(counts(Step::Month), [3, 1]);
    assert_eq!(counts(Step::Year), [4]);
    assert_eq!(days.bins(Step::Day, span, 3).len(), 3);
    let first = days.bins(Step::Week, span, 1)[0];
    assert_eq!((first.first.to_string(), first.last.to_string()), ("1969-12-29".into(), "1970-01-04".into()));
    assert_eq!((first.sum.quads, first.sum.mean(), first.sum.conflict()), ([0, 1, 0, 1], Some(-1.5), Some(0.5)));
    let narrow = Selection { from: Some(span.0), to: Some(span.0), ..Selection::default() };
    assert_eq!(columns().daily(&narrow).total().events(), 1);
    assert_eq!(columns().daily(&of(Facet::Type, "nothing")).span(), None);
}

#[test]
fn values_side_by_side_are_what_each_is_alone() {
    let columns = columns();
    for (facet, values) in [
        (Facet::Dyad, ["KEN-UGA", "UGA-KEN"]),
        (Facet::Actor, ["KENMIL", "UGAGOV"]),
        (Facet::Recipient, ["KENGOV", "nobody"]),
        (Facet::Type, ["AID", "ASSAULT"]),
        (Facet::Quad, ["1", "4"]),
        (Facet::Place, ["KEN", ""]),
        (Facet::Status, ["fact", ""]),
    ] {
        let values = values.map(str::to_owned);
        let together = columns.daily_by(&Selection::default(), facet, &values);
        let alone: Vec<_> = values.iter().map(|value| columns.daily(&of(facet, value))).collect();
        assert_eq!(together, alone, "{facet:?}");
    }
}

#[test]
fn dyads_are_by_country_or_code() {
    let columns = columns();
    let sums = columns.sums(&Selection::default());
    let told = |unit| -> Vec<String> {
        sums.dyads(unit).iter().map(|d| format!("{} {} {}", d.from, d.to, d.sum.events())).collect()
    };
    assert_eq!(told(Unit::Country), ["KEN UGA 2", "KEN KEN 1", "UGA KEN 1"]);
    assert_eq!(
        told(Unit::Code),
        [
            "KENGOV KENREB 1",
            "KENGOV UGAGOV 1",
            "KENGOV UGAMIL 1",
            "KENMIL UGAMIL 1",
            "UGAGOV IGOUNO 1",
            "UGAGOV KENGOV 1"
        ]
    );
    assert_eq!(sums.total.events(), 5);
}

#[test]
fn places_are_by_country_or_spot() {
    let columns = columns();
    let sums = columns.sums(&Selection::default());
    let told =
        |tie| -> Vec<String> { sums.countries(tie).iter().map(|(c, s)| format!("{c} {}", s.events())).collect() };
    assert_eq!(told(Tie::Place), ["KEN 1"]);
    assert_eq!(told(Tie::Actor), ["KEN 3", "UGA 2"]);
    assert_eq!(told(Tie::Recipient), ["KEN 2", "UGA 2"]);
    let places = sums.places();
    assert_eq!((places.len(), places[0].name.as_str(), places[0].sum.events()), (1, "Nairobi", 2));
    let there = Selection { spots: BTreeSet::from([places[0].spot]), ..Selection::default() };
    assert_eq!(columns.rows(&there), [0, 1]);
    assert_eq!("-1.29,36.80".parse(), Ok(places[0].spot));
    assert_eq!(places[0].spot.to_string(), "-1.29,36.80");
    for wrong in ["", "1", "a,b", "90.1,0", "0,181", "nan,0", "inf,0"] {
        assert_eq!(wrong.parse::<Spot>(), Err(()), "{wrong}");
    }
}

#[test]
fn a_store_gives_places_too() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let columns = Columns::of(&store, &Filter::default()).unwrap();
    let places: u64 = columns.sums(&Selection::default()).places().iter().map(|p| p.sum.events()).sum();
    assert_eq!(places, 10);
}
