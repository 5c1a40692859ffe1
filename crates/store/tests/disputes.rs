//! Acts that several voices tell of, and signs that they differ.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

mod support;

use readout_store::Store;
use readout_store::columns::{Columns, Dispute, Row, Selection};
use support::{batch, folder, stored};

/// Disputes of lines "DAY TYPE ACTOR RECIPIENT SPEAKER OUTLET [STATUS]", "-" for none; days count from 2024-05-01.
fn disputes(lines: &[&str]) -> Vec<Dispute> {
    let mut columns = Columns::default();
    for (i, line) in lines.iter().enumerate() {
        let w: Vec<&str> = line.split(' ').collect();
        let some = |code: &str| if code == "-" { String::new() } else { code.to_owned() };
        let side = |code: &str| if code == "-" { Vec::new() } else { vec![code.to_owned()] };
        columns.push(&Row {
            id: i as u32 + 1,
            day: Some(19_844 + w[0].parse::<i64>().unwrap()),
            kind: w[1].into(),
            quad: if w[1] == "AID" { 2 } else { 4 },
            status: w.get(6).unwrap_or(&"fact").to_string(),
            actor: side(w[2]),
            recipient: side(w[3]),
            speaker: some(w[4]),
            publisher: w[5].into(),
            ..Row::default()
        });
    }
    columns.disputes(&Selection::default(), 10)
}

fn check(lines: &[&str], expect: &[&str]) {
    let told = |d: &Dispute| {
        let signs = [(d.denied, "denied"), (d.turned, "turned"), (d.answered, "answered")];
        let signs: Vec<&str> = signs.iter().filter(|(is, _)| *is).map(|(_, sign)| *sign).collect();
        format!("{} {} {} {}/{}/{} {}", d.kind, d.dyad, d.first, d.mentions, d.voices, d.outlets, signs.join(","))
    };
    assert_eq!(disputes(lines).iter().map(told).collect::<Vec<_>>(), expect, "{lines:?}");
}

#[test]
fn voices_are_speakers_and_outlets_on_their_own_word() {
    check(
        &[
            "1 ASSAULT UGAMIL KENGOV - Daily",
            "2 ASSAULT UGAGOV KENCVL KENGOV Weekly",
            "2 ASSAULT UGAGOV KENCVL KENGOV Daily",
        ],
        &["ASSAULT UGA-KEN 2024-05-02 3/2/2 "],
    );
    check(&["1 ASSAULT UGAMIL KENGOV KENGOV Daily", "1 ASSAULT UGAMIL KENGOV KENGOV Weekly"], &[]);
    check(&["1 ASSAULT UGAMIL KENGOV - Daily", "3 ASSAULT UGAMIL KENGOV - Weekly"], &[]);
    check(&["1 ASSAULT UGAMIL KENGOV - Daily", "1 AID UGAMIL KENGOV - Weekly"], &[]);
}

#[test]
fn signs_that_voices_differ_come_first() {
    let plain = ["1 AID PERGOV CHLGOV - Daily", "1 AID PERGOV CHLGOV CHLGOV Daily", "1 AID PERGOV CHLGOV PERGOV Daily"];
    let denied = ["1 ASSAULT UGAMIL KENGOV KENGOV Daily", "1 ASSAULT UGAMIL KENGOV UGAGOV Daily negated"];
    check(
        &[plain.as_slice(), &denied].concat(),
        &["ASSAULT UGA-KEN 2024-05-02 2/2/1 denied", "AID PER-CHL 2024-05-02 3/3/1 "],
    );
    check(
        &[
            "1 ASSAULT UGAMIL KENGOV KENGOV Daily",
            "1 ASSAULT UGAMIL KENGOV - Daily",
            "2 ASSAULT KENMIL UGAGOV UGAGOV Daily",
        ],
        &["ASSAULT UGA-KEN 2024-05-02 2/2/1 turned"],
    );
    check(
        &["1 ASSAULT UGAMIL KENGOV KENGOV Daily", "1 ASSAULT UGAMIL KENGOV - Daily", "4 REJECT KENGOV UGAGOV - Daily"],
        &["ASSAULT UGA-KEN 2024-05-02 2/2/1 answered"],
    );
}

#[test]
fn within_a_country_the_same_parties_are_one_dispute() {
    check(
        &["1 ASSAULT KENREB KENGOV KENGOV Daily", "1 ASSAULT KENCRM KENGOV - Daily", "1 ASSAULT KENREB KENGOV - Daily"],
        &["ASSAULT KEN-KEN 2024-05-02 2/2/1 "],
    );
}

#[test]
fn a_report_gives_the_events_beside_an_event() {
    let (_folder, path) = folder();
    stored(&path, &[batch()]);
    let store = Store::open(&path).unwrap();
    let first = store.evidence(&[1]).unwrap().remove(0);
    assert_eq!(store.row_of(first.event.id.as_str()).unwrap(), Some(1));
    assert_eq!(store.row_of("nothing").unwrap(), None);
    assert_eq!(store.mates(&[1], ["KEN", "UGA"], 10).unwrap(), Vec::<i64>::new());
    assert!(store.first_prints(&[first.report.key.as_str()]).unwrap().is_empty());
}
